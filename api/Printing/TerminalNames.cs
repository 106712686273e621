using System.Collections.Frozen;
using System.Collections.Immutable;
using Actors.Api.Auth;

namespace Actors.Api.Printing;

/// <summary>What terminals are called, without reading all tokens for each who asks.</summary>
internal sealed class TerminalNames(TokenService tokens, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private Known _known = new(FrozenDictionary<string, string>.Empty, DateTimeOffset.MinValue);

    /// <summary>Whether a token is a terminal's: an admin may do what a terminal does, and is none.</summary>
    public static bool IsTerminal(ImmutableArray<string> scopes) => scopes.Contains(Scopes.PrintQrTaskGet) && !scopes.Contains(Scopes.Admin);

    /// <summary>The name of a terminal; null when it is none any more.</summary>
    public async ValueTask<string?> FindAsync(string terminal, CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _known);
        return known.Until > time.GetUtcNow() && known.Names.TryGetValue(terminal, out var name)
            ? name
            : (await AllAsync(cancellationToken)).GetValueOrDefault(terminal);
    }

    /// <summary>The names by id, as they are now.</summary>
    public async ValueTask<FrozenDictionary<string, string>> AllAsync(CancellationToken cancellationToken)
    {
        var names = (await tokens.ListAsync(cancellationToken)).Where(token => IsTerminal(token.Scopes))
            .ToFrozenDictionary(token => token.Id, token => token.Name, StringComparer.Ordinal);
        Volatile.Write(ref _known, new Known(names, time.GetUtcNow() + Fresh));
        return names;
    }

    private sealed record Known(FrozenDictionary<string, string> Names, DateTimeOffset Until);
}
