using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.Silo.Storage;

namespace Actors.Api.Notifications.Users;

/// <summary>
/// Tokens that a portal has made for its users' pages, and those by which a device acts when no page is open. They carry
/// whose they are, signed (HMAC-SHA-256, RFC 2104), so that none of them is stored; a device's ends with the device.
/// </summary>
internal sealed class UserTokens(ISettingStore settings, TimeProvider time)
{
    /// <summary>What every such token begins with.</summary>
    public const string Prefix = "usr_";

    private const string KeyName = "push-token-key";
    private const int KeyBytes = 32;
    private const int MaxLength = 1_024;
    private const char Separator = '\n';

    private byte[]? _key;

    /// <summary>A token for a user's pages.</summary>
    public ValueTask<string> ForUserAsync(string user, DateTimeOffset expires, CancellationToken cancellationToken) =>
        SignAsync(string.Create(CultureInfo.InvariantCulture, $"{expires.ToUnixTimeSeconds()}{Separator}{Separator}{user}"), cancellationToken);

    /// <summary>A token for one device of a user; good for as long as he has it.</summary>
    public ValueTask<string> ForDeviceAsync(string user, string device, CancellationToken cancellationToken) =>
        SignAsync($"0{Separator}{device}{Separator}{user}", cancellationToken);

    /// <summary>Whose token it is, or null; and whether it has expired.</summary>
    public async ValueTask<(UserCaller? Caller, bool IsExpired)> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > MaxLength || !token.StartsWith(Prefix, StringComparison.Ordinal) || token.IndexOf('.', StringComparison.Ordinal) is not (> 0 and var end)
            || !Base64Url.IsValid(token.AsSpan(Prefix.Length, end - Prefix.Length)) || !Base64Url.IsValid(token.AsSpan(end + 1)))
        {
            return default;
        }

        var claims = Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length, end - Prefix.Length));
        if (!CryptographicOperations.FixedTimeEquals(await HashAsync(claims, cancellationToken), Base64Url.DecodeFromChars(token.AsSpan(end + 1))))
        {
            return default;
        }

        var parts = Encoding.UTF8.GetString(claims).Split(Separator, 3);
        var expires = long.Parse(parts[0], CultureInfo.InvariantCulture);
        return (new UserCaller(parts[2], parts[1].Length > 0 ? parts[1] : null), expires > 0 && time.GetUtcNow().ToUnixTimeSeconds() >= expires);
    }

    private async ValueTask<string> SignAsync(string claims, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(claims);
        var hash = await HashAsync(bytes, cancellationToken);
        return $"{Prefix}{Base64Url.EncodeToString(bytes)}.{Base64Url.EncodeToString(hash)}";
    }

    private async ValueTask<byte[]> HashAsync(byte[] claims, CancellationToken cancellationToken)
    {
        _key ??= await settings.GetOrCreateAsync(KeyName, static () => RandomNumberGenerator.GetBytes(KeyBytes), cancellationToken);
        return HMACSHA256.HashData(_key, claims);
    }
}
