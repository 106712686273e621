using System.Buffers.Binary;
using System.IO.Compression;

namespace Actors.Api.Tallying.Qr;

/// <summary>Writes dots as a PNG of one bit per pixel (ISO/IEC 15948).</summary>
internal static class PngWriter
{
    private const byte BitDepth = 1;
    private const byte Grayscale = 0;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Dark dots are black, each as many pixels wide and high as the scale says.</summary>
    public static byte[] Write(bool[,] dark, int scale)
    {
        var (width, height) = (dark.GetLength(1) * scale, dark.GetLength(0) * scale);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = BitDepth;
        header[9] = Grayscale;

        using var png = new MemoryStream();
        png.Write(Signature);
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Compress(dark, scale, width));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Compress(bool[,] dark, int scale, int width)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
        {
            // the filter of each row, none, is its first byte
            var row = new byte[1 + (width + 7) / 8];
            for (var y = 0; y < dark.GetLength(0); y++)
            {
                Array.Clear(row);
                for (var x = 0; x < width; x++)
                {
                    if (!dark[y, x / scale])
                    {
                        row[1 + x / 8] |= (byte)(0x80 >> x % 8);
                    }
                }

                for (var i = 0; i < scale; i++)
                {
                    zlib.Write(row);
                }
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
            }
        }

        return crc;
    }
}
