using System.Collections.Immutable;

namespace Actors.Api.Auth;

/// <summary>
/// A key of this run of the server, kept in the data folder for its owner alone: by it the command <c>demo</c> on this
/// machine finds and fills the running server without asking for a token.
/// </summary>
internal sealed class MachineKey
{
    private readonly ImmutableArray<byte> _hash;

    public MachineKey()
    {
        Secret = TokenSecret.Create();
        _hash = TokenSecret.Hash(Secret);
    }

    public string Secret { get; }

    public Caller Caller { get; } = new("machine", "this machine", [Scopes.Admin]);

    public bool IsKey(ImmutableArray<byte> hash) => TokenSecret.Equal(hash, _hash);
}
