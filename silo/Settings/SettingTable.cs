using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Actors.Silo.Settings;

/// <summary>Settings under names of the operator's own: <c>Bbb:Servers:one:Url</c>, or lists, <c>Bbb:Pools:all=one,two</c>.</summary>
internal static class SettingTable
{
    /// <summary>What such a property holds under each name, or null when it is another one.</summary>
    public static Type? ItemOf(PropertyInfo property) =>
        property.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
            ? type.GetGenericArguments()[1]
            : null;

    /// <summary>The items by their names, as the operator writes these; what is wrong is said.</summary>
    public static object Read(Type item, IConfigurationSection section, List<string> refusals)
    {
        var items = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), item), StringComparer.Ordinal)!;
        foreach (var child in section.GetChildren())
        {
            items.Add(child.Key, IsList(item) ? SettingValue.ReadList(child) ?? [] : ReadItem(item, child, refusals));
        }

        return items;
    }

    /// <summary>Whether what follows the property's name, the item's own name first, is a setting.</summary>
    public static bool IsKnown(Type item, string[] parts) => parts switch
    {
        [_] => true,
        [_, var name] => IsList(item) ? int.TryParse(name, out _) : PropertiesOf(item).Any(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    private static bool IsList(Type item) => item == typeof(IReadOnlyList<string>);

    private static IEnumerable<PropertyInfo> PropertiesOf(Type item) =>
        item.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    private static object ReadItem(Type item, IConfigurationSection section, List<string> refusals)
    {
        var value = Activator.CreateInstance(item)!;
        foreach (var property in PropertiesOf(item))
        {
            SettingValue.Assign(value, property, section.GetSection(property.Name), refusals);
        }

        return value;
    }
}
