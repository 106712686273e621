using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace Actors.Silo.Settings;

/// <summary>Finds settings that nobody reads, and the name that was probably meant.</summary>
public static class SettingNames
{
    /// <summary>One sentence per unknown setting of the files, the arguments and (only below our sections) the environment.</summary>
    internal static IEnumerable<string> FindUnknown(IConfigurationRoot configuration, SettingsCatalog catalog)
    {
        var unknown = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var provider in configuration.Providers)
        {
            foreach (var path in Leaves(provider, parent: null))
            {
                var section = path.Split(':')[0];
                // the environment is everybody's: MAIL=/var/mail/x is none of ours, MAIL__HOST is
                var ours = provider is EnvironmentVariablesConfigurationProvider
                    ? path.Contains(':', StringComparison.Ordinal) && catalog.IsSection(section)
                    : provider is JsonConfigurationProvider or CommandLineConfigurationProvider || catalog.IsSection(section);
                if (ours && !catalog.IsFramework(section) && !catalog.IsKnown(path))
                {
                    unknown.TryAdd(path, Source(provider, path));
                }
            }
        }

        return unknown.Select(item => $"{item.Value} is not a setting of this program.{Suggest(item.Key, catalog.Names)}");
    }

    /// <summary>" Did you mean X?" when one of the names is near, else nothing.</summary>
    public static string Suggest(string name, IEnumerable<string> names)
    {
        var best = names
            .Select(candidate => (candidate, distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.distance)
            .FirstOrDefault();
        return best.candidate is not null && best.distance <= Math.Max(2, name.Length / 4) ? $" Did you mean {best.candidate}?" : "";
    }

    private static string Source(IConfigurationProvider provider, string path) => provider switch
    {
        EnvironmentVariablesConfigurationProvider => $"The environment variable {path.Replace(":", "__", StringComparison.Ordinal)}",
        CommandLineConfigurationProvider => $"The argument --{path}",
        JsonConfigurationProvider json => $"{path} in {json.Source.Path}",
        _ => path,
    };

    private static IEnumerable<string> Leaves(IConfigurationProvider provider, string? parent)
    {
        foreach (var key in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var path = parent is null ? key : $"{parent}:{key}";
            // a section's own name without a value says nothing: some sources list it beside its settings
            if (provider.TryGet(path, out var value) && (parent is not null || !string.IsNullOrEmpty(value)))
            {
                yield return path;
            }

            foreach (var leaf in Leaves(provider, path))
            {
                yield return leaf;
            }
        }
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
