using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Actors.Silo.Settings;

/// <summary>Reads one setting into its property; the types here are all that settings may have.</summary>
internal static class SettingValue
{
    public static bool IsList(PropertyInfo property) => property.PropertyType == typeof(IReadOnlyList<string>);

    public static void Assign(object target, PropertyInfo property, IConfigurationSection section, List<string> refusals)
    {
        object? value;
        if (IsList(property))
        {
            value = ReadList(section);
        }
        else if (SettingTable.ItemOf(property) is { } item)
        {
            value = SettingTable.Read(item, section, refusals);
        }
        else if (string.IsNullOrWhiteSpace(section.Value))
        {
            return;
        }
        else
        {
            (value, var expected) = Parse(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, section.Value.Trim());
            if (value is null)
            {
                refusals.Add($"{section.Path} is '{section.Value}', but must be {expected}.");
                return;
            }
        }

        if (value is null)
        {
            return;
        }

        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
        {
            if (!rule.IsValid(value))
            {
                refusals.Add($"{rule.FormatErrorMessage(section.Path).TrimEnd('.')}.");
                return;
            }
        }

        property.SetValue(target, value);
    }

    /// <summary>A list comes as items (<c>Cors:Origins:0</c>), as one text with commas, or as one of JSON.</summary>
    public static string[]? ReadList(IConfigurationSection section)
    {
        if (section.Value?.TrimStart().StartsWith('[') == true && ParseList(section.Value) is { } list)
        {
            return list;
        }

        var items = section.GetChildren().Select(child => child.Value).Append(section.Value)
            .SelectMany(text => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToArray();
        return items.Length == 0 ? null : items;
    }

    private static string[]? ParseList(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (object? Value, string Expected) Parse(Type type, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (type == typeof(string))
        {
            return (text, "a text");
        }

        if (type == typeof(bool))
        {
            return (bool.TryParse(text, out var flag) ? flag : null, "true or false");
        }

        if (type == typeof(int))
        {
            return (int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) ? number : null, "a whole number");
        }

        if (type == typeof(long))
        {
            return (long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) ? number : null, "a whole number");
        }

        if (type == typeof(double))
        {
            return (double.TryParse(text, NumberStyles.Float, culture, out var number) && double.IsFinite(number) ? number : null, "a number");
        }

        if (type == typeof(TimeSpan))
        {
            return (TimeSpan.TryParse(text, culture, out var span) && text.Contains(':', StringComparison.Ordinal) ? span : null, "a duration such as 00:00:30");
        }

        if (type == typeof(Uri))
        {
            return (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null, "an address such as https://actors.example.org");
        }

        if (type.IsEnum)
        {
            var names = Enum.GetNames(type);
            var name = Array.Find(names, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
            return (name is null ? null : Enum.Parse(type, name), string.Join(" or ", names).ToLowerInvariant());
        }

        throw new NotSupportedException($"Settings have no type {type.Name}.");
    }
}
