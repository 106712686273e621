using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.Meetings;
using Actors.Silo.Storage;

namespace Actors.Silo.Meetings;

/// <summary>Derives by HMAC-SHA-256 (RFC 2104) from a key that lies in the database, so that every process derives the same.</summary>
public sealed class MeetingSecrets(ISettingStore settings) : IMeetingSecrets
{
    private const string KeyName = "meetings-key";
    private const int KeyBytes = 32;
    private const int SecretBytes = 16;
    private const byte Version = 8;

    private byte[]? _key;

    /// <inheritdoc/>
    public async ValueTask<string> DeriveAsync(string purpose, Guid meeting, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower((await HashAsync(string.Create(CultureInfo.InvariantCulture, $"{purpose}\n{meeting:D}"), cancellationToken)).AsSpan(0, SecretBytes));

    /// <inheritdoc/>
    public async ValueTask<Guid> GuidOfAsync(string slug, string idempotentId, CancellationToken cancellationToken)
    {
        var bytes = (await HashAsync($"guid\n{slug}\n{idempotentId}", cancellationToken)).AsSpan(0, SecretBytes);
        // version 8, of one's own making (RFC 9562, section 5.8)
        bytes[6] = (byte)((bytes[6] & 0x0F) | (Version << 4));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private async ValueTask<byte[]> HashAsync(string text, CancellationToken cancellationToken)
    {
        _key ??= await settings.GetOrCreateAsync(KeyName, static () => RandomNumberGenerator.GetBytes(KeyBytes), cancellationToken);
        return HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text));
    }
}
