using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Silo.Storage.Migration;

/// <summary>How many rows, and a sum of their hashes that does not depend on their order.</summary>
internal sealed class RowHash
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private UInt128 _sum;

    public long Rows { get; private set; }

    public string Sum => _sum.ToString("x32", CultureInfo.InvariantCulture);

    public void Add(object?[] row)
    {
        foreach (var value in row)
        {
            Add(value);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(digest);
        _sum += BinaryPrimitives.ReadUInt128BigEndian(digest);
        Rows++;
    }

    private void Add(object? value)
    {
        switch (value)
        {
            case null:
                Append('0', []);
                break;
            case string text:
                Append('t', Encoding.UTF8.GetBytes(text));
                break;
            case byte[] bytes:
                Append('b', bytes);
                break;
            case Guid uuid:
                Append('u', uuid.ToByteArray(bigEndian: true));
                break;
            default:
                Append('n', Encoding.ASCII.GetBytes(Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)));
                break;
        }
    }

    // With its length, so that two values cannot be read as other two.
    private void Append(char kind, ReadOnlySpan<byte> bytes)
    {
        Span<byte> header = stackalloc byte[5];
        header[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], bytes.Length);
        _hash.AppendData(header);
        _hash.AppendData(bytes);
    }
}
