using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Settings;

/// <summary>
/// Every section this program knows. A setting that is unknown, ill-typed or refused by its section stops the start;
/// the framework's own binder would pass over the first and throw at the second.
/// </summary>
public sealed class SettingsCatalog
{
    private readonly List<Entry> _entries = [];
    private readonly List<Func<IServiceCollection, IEnumerable<string>>> _checks = [];
    private readonly HashSet<string> _frameworkSections = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The full names of all known settings, such as <c>Data:Path</c>.</summary>
    public IEnumerable<string> Names => _entries.SelectMany(entry => entry.Properties.Keys.Select(name => $"{entry.Section}:{name}"));

    /// <summary>Adds a section.</summary>
    public SettingsCatalog Add<T>()
        where T : class, ISettings, new()
    {
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .ToDictionary(
                property => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name, StringComparer.OrdinalIgnoreCase);
        _entries.Add(new Entry(T.Section, properties, [.. properties.Keys.Where(T.IsBare)], static () => new T(), static value => ((T)value).Refusals(), static (services, value) =>
        {
            services.TryAddSingleton((T)value);
            services.TryAddSingleton(Options.Create((T)value));
        }));
        return this;
    }

    /// <summary>Adds what two sections must be together; asked when each is right by itself.</summary>
    public SettingsCatalog Require<TFirst, TSecond>(Func<TFirst, TSecond, IEnumerable<string>> refusals)
        where TFirst : class, ISettings, new()
        where TSecond : class, ISettings, new()
    {
        _checks.Add(services => refusals(services.Find<TFirst>(), services.Find<TSecond>()));
        return this;
    }

    /// <summary>Adds sections or single settings that the framework reads itself.</summary>
    public SettingsCatalog AddFramework(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _frameworkSections.Add(name);
        }

        return this;
    }

    /// <summary>Reads every section, registers those that are right, and says what is wrong with the others.</summary>
    public IReadOnlyList<string> Read(IConfigurationRoot configuration, IServiceCollection services)
    {
        var refusals = new List<string>(SettingNames.FindUnknown(configuration, this));
        foreach (var entry in _entries)
        {
            var section = configuration.GetSection(entry.Section);
            var value = entry.Create();
            var before = refusals.Count;
            foreach (var (name, property) in entry.Properties)
            {
                var isBare = entry.Bare.Contains(name, StringComparer.Ordinal) && !section.GetSection(name).Exists();
                SettingValue.Assign(value, property, isBare ? configuration.GetSection(name) : section.GetSection(name), refusals);
            }

            if (refusals.Count == before)
            {
                refusals.AddRange(entry.Refusals(value));
            }

            entry.Register(services, value);
        }

        return refusals.Count > 0 ? refusals : [.. _checks.SelectMany(check => check(services))];
    }

    internal bool IsFramework(string name) => _frameworkSections.Contains(name);

    internal bool IsSection(string name) =>
        _entries.Exists(entry => string.Equals(entry.Section, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the path names a setting, or an item of a list.</summary>
    internal bool IsKnown(string path)
    {
        var parts = path.Split(':');
        if (_entries.Exists(entry => entry.Bare.Contains(parts[0], StringComparer.OrdinalIgnoreCase)))
        {
            return true;
        }

        var entry = _entries.Find(entry => string.Equals(entry.Section, parts[0], StringComparison.OrdinalIgnoreCase));
        return entry is not null && parts.Length >= 2 && entry.Properties.TryGetValue(parts[1], out var property)
            && (parts.Length == 2
                || (parts.Length == 3 && SettingValue.IsList(property) && int.TryParse(parts[2], out _))
                || (SettingTable.ItemOf(property) is { } item && SettingTable.IsKnown(item, parts[2..])));
    }

    private sealed record Entry(
        string Section,
        Dictionary<string, PropertyInfo> Properties,
        string[] Bare,
        Func<object> Create,
        Func<object, IEnumerable<string>> Refusals,
        Action<IServiceCollection, object> Register);
}
