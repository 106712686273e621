using Actors.Api.Auth;
using Actors.Silo.Cli;

namespace Actors.Api.Cli;

/// <summary><c>token create|list|revoke</c>: in the data folder itself, whether or not a server runs on it.</summary>
internal static class TokenCommands
{
    public static async Task<int> RunAsync(CommandLine line, Func<WebApplication> build, CancellationToken cancellationToken)
    {
        var name = line.Options.GetValueOrDefault("name")?[^1] ?? "";
        var scopes = (line.Options.GetValueOrDefault("scope") ?? []).SelectMany(text => text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)).ToArray();
        if (line.Command is Command.TokenCreate && Refuse(name, scopes) is { } refusal)
        {
            return Exit.With(Exit.Refused, refusal);
        }

        await using var app = build();
        return await RunHereAsync(line, name, scopes, app.Services.GetRequiredService<TokenService>(), cancellationToken);
    }

    private static string? Refuse(string name, string[] scopes)
    {
        if (name.Trim().Length == 0)
        {
            return "A token needs a name: token create --name N --scope S";
        }

        if (!TokenService.IsName(name))
        {
            return $"A token's name has 1 to {TokenService.MaxNameLength} characters in one line.";
        }

        if (scopes.Length == 0)
        {
            return $"A token needs a scope: --scope with one or more of {string.Join(", ", Scopes.All)}.";
        }

        var unknown = Array.Find(scopes, scope => !Scopes.IsKnown(scope));
        return unknown is null ? null : $"There is no scope '{unknown}'. The scopes are: {string.Join(", ", Scopes.All)}.";
    }

    private static async Task<int> RunHereAsync(CommandLine line, string name, string[] scopes, TokenService tokens, CancellationToken cancellationToken)
    {
        switch (line.Command)
        {
            case Command.TokenCreate:
                var (_, secret) = await tokens.CreateAsync(name, scopes, cancellationToken);
                Console.WriteLine(secret);
                return Exit.Done;
            case Command.TokenList:
                Print([.. (await tokens.ListAsync(cancellationToken)).Select(TokenEndpoints.ToInfo)]);
                return Exit.Done;
            default:
                return Revoked(await tokens.RevokeAsync(line.Operands[0], cancellationToken), line.Operands[0]);
        }
    }

    private static void Print(IReadOnlyList<TokenInfo> tokens)
    {
        foreach (var token in tokens)
        {
            Console.WriteLine($"{token.Id}  {token.CreatedAt:yyyy-MM-dd}  {token.Name}  {string.Join(' ', token.Scopes)}");
        }
    }

    private static int Revoked(bool revoked, string id) => revoked
        ? Exit.Done
        : Exit.With(Exit.Failed, $"No token in force has the id '{id}' (see 'token list').");
}
