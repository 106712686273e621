using System.Collections.Immutable;
using System.Text.Json;
using Actors.Tallying;

namespace Actors.Api.Tallying.Wire;

/// <summary>Public keys as JWKs (RFC 7517).</summary>
internal static class JwkSet
{
    /// <summary>Writes the member <c>keys</c>.</summary>
    public static void Write(Utf8JsonWriter json, ImmutableArray<SigningKeyInfo> keys)
    {
        json.WriteStartArray("keys");
        foreach (var key in keys)
        {
            json.WriteStartObject();
            json.WriteString("kty", "EC");
            json.WriteString("crv", "P-256");
            json.WriteString("alg", "ES256");
            json.WriteString("use", "sig");
            json.WriteString("kid", key.KeyId);
            json.WriteString("x", key.X);
            json.WriteString("y", key.Y);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
