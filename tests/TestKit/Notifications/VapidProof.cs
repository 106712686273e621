using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Actors.TestKit.Notifications;

/// <summary>The header Authorization as a push service reads it (RFC 8292, section 4).</summary>
/// <param name="Problem">Why it is refused, or null.</param>
/// <param name="Token">The token.</param>
/// <param name="Key">The public key as base64url.</param>
/// <param name="Audience">For which push service it is.</param>
/// <param name="Expires">When it ends.</param>
/// <param name="Subject">Whom to write to.</param>
public sealed partial record VapidProof(string? Problem, string Token, string Key, string? Audience, DateTimeOffset? Expires, string? Subject)
{
    private const int PointBytes = 65;
    private const int CoordinateBytes = 32;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Reads and judges a header.</summary>
    /// <param name="authorization">The header, or null.</param>
    /// <param name="origin">The push service's own origin.</param>
    /// <param name="now">Its clock.</param>
    public static VapidProof Read(string? authorization, string origin, DateTimeOffset now)
    {
        var parts = Scheme().Match(authorization ?? "");
        var (token, key) = (parts.Groups["t"].Value, parts.Groups["k"].Value);
        if (!parts.Success || token.Split('.') is not [var head, var body, var signature])
        {
            return new("no vapid credentials", token, key, Audience: null, Expires: null, Subject: null);
        }

        var claims = Json(body);
        var expires = DateTimeOffset.FromUnixTimeSeconds((long)claims["exp"]!);
        var proof = new VapidProof(Problem: null, token, key, (string?)claims["aud"], expires, (string?)claims["sub"]);
        return proof with
        {
            Problem = Json(head) is var header && ((string?)header["typ"], (string?)header["alg"]) != ("JWT", "ES256") ? "not a token of ES256"
                : !IsSigned($"{head}.{body}", signature, key) ? "the signature is wrong"
                : proof.Audience != origin ? $"it is for {proof.Audience}, not for {origin}"
                : expires <= now ? "it has ended"
                : expires > now + Longest ? "it lasts longer than 24 hours"
                : null,
        };
    }

    private static JsonNode Json(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!;

    private static bool IsSigned(string text, string signature, string key)
    {
        var point = Base64Url.DecodeFromChars(key);
        if (point.Length != PointBytes)
        {
            return false;
        }

        using var verifier = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[1..(1 + CoordinateBytes)], Y = point[(1 + CoordinateBytes)..] },
        });
        return verifier.VerifyData(Encoding.ASCII.GetBytes(text), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    [GeneratedRegex("^vapid t=(?<t>[A-Za-z0-9_.-]+), k=(?<k>[A-Za-z0-9_-]+)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Scheme();
}
