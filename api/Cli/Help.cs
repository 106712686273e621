using System.Reflection;
using Actors.Api.Settings;

namespace Actors.Api.Cli;

/// <summary>What <c>--help</c> and <c>--version</c> print.</summary>
internal static class Help
{
    public static string Version =>
        typeof(Help).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";

    public static string Text => $"""
        Actors {Version}: the back end of a public counter.

          api                                    starts the server
          api demo                               adds a demo campaign and prints its links (starts the server if none runs)
          api token create --name N --scope S …  prints a new token; the scope admin is every scope
          api token list                         the tokens, without their secrets
          api token revoke ID                    ends a token
          api migrate --to CONNECTION            copies the embedded database into an empty PostgreSQL (stop the server first)
          api check-status                       tries the BigBlueButton servers of the settings: address, secret, clock
          api vapid                              prints a new key pair for web push, as settings
          api help | --version

        Scopes: {string.Join(", ", Auth.Scopes.All)}

          --urls http://0.0.0.0:5080             where to listen (default http://localhost:{Hosting.Addresses.DefaultPort})
          --https                                also https on port {HttpsOptions.DefaultPort}, by a local authority that phones can trust

        Any setting may come as an argument (--Data:Path x), from the environment (Data__Path=x) or from appsettings.json:

          {string.Join("\n  ", KnownSettings.Catalog.Names.Order(StringComparer.Ordinal))}
        """;
}
