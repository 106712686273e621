using System.Security.Cryptography;
using System.Text;

namespace Actors.Silo.Storage.Postgres;

/// <summary>16 bytes that stand for a key: the beginning of SHA-256 over name, a zero and key. It is stored: never change it.</summary>
internal static class StateId
{
    private const int StackBytes = 512;

    public static Guid Of(StateKey key)
    {
        var length = Encoding.UTF8.GetMaxByteCount(key.Name.Length + key.Key.Length) + 1;
        var bytes = length <= StackBytes ? stackalloc byte[StackBytes] : new byte[length];
        var used = Encoding.UTF8.GetBytes(key.Name, bytes);
        bytes[used++] = 0;
        used += Encoding.UTF8.GetBytes(key.Key, bytes[used..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..used], hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
