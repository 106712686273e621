using System.Text.RegularExpressions;
using Actors.Meetings;
using Actors.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Meetings;

/// <summary>The settings of meetings, checked by their names and types with all others.</summary>
public sealed partial class BbbSettings : MeetingOptions, ISettings
{
    /// <inheritdoc/>
    static string ISettings.Section => Section;

    /// <summary>Whether there is a simulated server of the name demo for those who try. Default: while this process is alone and no server is named.</summary>
    public bool? Demo { get; set; }

    /// <inheritdoc/>
    public IEnumerable<string> Refusals()
    {
        foreach (var name in Servers.Keys.Concat(Pools.Keys).Where(name => !Slug().IsMatch(name)))
        {
            yield return $"'{name}' in Bbb:Servers or Bbb:Pools is no part of an address: letters, digits, - and _, 50 at most.";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return $"Bbb:TimeZone is '{TimeZone}', but this machine knows no such time zone; a name is Europe/Paris.";
        }

        foreach (var (name, server) in Servers)
        {
            if (server.Url is null || server.Secret is null)
            {
                yield return $"Bbb:Servers:{name} needs both Url and Secret.";
            }
        }

        foreach (var (slug, names) in Pools)
        {
            if (names.FirstOrDefault(name => !Servers.ContainsKey(name)) is { } unknown)
            {
                yield return $"Bbb:Pools:{slug} names the server {unknown}, which is not in Bbb:Servers.";
            }
        }
    }

    /// <summary>Has everything that asks for the options get these.</summary>
    public static void Use(IServiceCollection services)
    {
        services.RemoveAll<IConfigureOptions<MeetingOptions>>();
        services.AddSingleton<IOptions<MeetingOptions>>(provider => provider.GetRequiredService<IOptions<BbbSettings>>());
        services.AddSingleton<IMeetingSecrets, MeetingSecrets>();
        services.AddSingleton<BbbHttp>();
        services.AddSingleton<BbbCheck>();
        services.AddSingleton<IBbbApi, BbbClient>();
        services.AddSingleton<IInvitations, Invitations>();
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$", RegexOptions.NonBacktracking)]
    private static partial Regex Slug();
}
