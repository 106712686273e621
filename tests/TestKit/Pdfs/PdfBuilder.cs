using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Actors.TestKit.Pdfs;

/// <summary>Writes PDF files byte by byte (ISO 32000-1), right ones and wrong ones.</summary>
public sealed class PdfBuilder
{
    private readonly List<byte[]> _objects = [];
    private string _trailer = "";

    /// <summary>A file of so many pages, each with a line of text.</summary>
    public static byte[] Pages(int count)
    {
        var pdf = new PdfBuilder();
        pdf.AddPages(count);
        return pdf.ToBytes();
    }

    /// <summary>A file of one page that is more than so many bytes long.</summary>
    public static byte[] OfLength(int length)
    {
        var pdf = new PdfBuilder();
        pdf.AddPages(1);
        var noise = new byte[length];
        new Random(1).NextBytes(noise);
        pdf.Add(Stream("", noise));
        return pdf.ToBytes();
    }

    /// <summary>A file that anybody may read but that is encrypted (RC4 of 40 bits, an empty password).</summary>
    public static byte[] Encrypted()
    {
        var id = new byte[16];
        var owner = new byte[32];
        const int Permissions = -4;
        byte[] padding =
        [
            0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
            0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
        ];
#pragma warning disable CA5351 // the algorithm of the format
        var key = MD5.HashData([.. padding, .. owner, .. BitConverter.GetBytes(Permissions), .. id])[..5];
#pragma warning restore CA5351
        var pdf = new PdfBuilder();
        pdf.AddPages(1);
        var encrypt = pdf.Add(Text($"<< /Filter /Standard /V 1 /R 2 /O <{Convert.ToHexString(owner)}> /U <{Convert.ToHexString(Rc4(key, padding))}> /P {Permissions} >>"));
        pdf._trailer = $"/Encrypt {encrypt} 0 R /ID [<{Convert.ToHexString(id)}> <{Convert.ToHexString(id)}>]";
        return pdf.ToBytes();
    }

    /// <summary>What becomes of a file whose bytes went through a conversion of texts.</summary>
    public static byte[] ReadAsText() => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Pages(1)));

    /// <summary>A page tree that leads back to itself.</summary>
    public static byte[] Loop()
    {
        var pdf = new PdfBuilder();
        pdf.Add(Text("<< /Type /Catalog /Pages 2 0 R >>"));
        pdf.Add(Text("<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>"));
        return pdf.ToBytes();
    }

    /// <summary>A catalog below which arrays lie in each other, so many deep.</summary>
    public static byte[] Deep(int depth)
    {
        var pdf = new PdfBuilder();
        pdf.Add(Text($"<< /Type /Catalog /Pages 2 0 R /Names {new string('[', depth)}{new string(']', depth)} >>"));
        pdf.Add(Text("<< /Type /Pages /Count 1 /Kids [3 0 R] >>"));
        pdf.Add(Text("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"));
        return pdf.ToBytes();
    }

    /// <summary>A stream of objects, of few bytes here and of many when it is read.</summary>
    public static byte[] Bomb(long length)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write("4 0 "u8);
            var blank = new byte[1 << 20];
            Array.Fill(blank, (byte)' ');
            for (var written = 0L; written < length; written += blank.Length)
            {
                zlib.Write(blank);
            }
        }

        // the objects are found by a stream of references (7.5.8): the catalog is the first object of stream 1
        var body = new MemoryStream();
        body.Write("%PDF-1.5\n"u8);
        var first = body.Position;
        body.Write(Text("1 0 obj\n"));
        body.Write(Stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", packed.ToArray()));
        body.Write("\nendobj\n"u8);
        var table = body.Position;
        body.Write(Text("2 0 obj\n"));
        body.Write(Stream("/Type /XRef /Size 5 /W [1 4 1] /Index [0 3 4 1] /Root 4 0 R", [0, 0, 0, 0, 0, 0, 1, .. Offset(first), 0, 1, .. Offset(table), 0, 2, 0, 0, 0, 1, 0]));
        body.Write(Text($"\nendobj\nstartxref\n{table}\n%%EOF\n"));
        return body.ToArray();
    }

    private static byte[] Offset(long at) => [(byte)(at >> 24), (byte)(at >> 16), (byte)(at >> 8), (byte)at];

    private static byte[] Rc4(byte[] key, byte[] data)
    {
        var box = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + box[i] + key[i % key.Length]) & 255;
            (box[i], box[j]) = (box[j], box[i]);
        }

        var result = new byte[data.Length];
        for (int k = 0, i = 0, j = 0; k < data.Length; k++)
        {
            i = (i + 1) & 255;
            j = (j + box[i]) & 255;
            (box[i], box[j]) = (box[j], box[i]);
            result[k] = (byte)(data[k] ^ box[(box[i] + box[j]) & 255]);
        }

        return result;
    }

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Stream(string dictionary, byte[] content) =>
        [.. Text(string.Create(CultureInfo.InvariantCulture, $"<< {dictionary} /Length {content.Length} >>\nstream\n")), .. content, .. "\nendstream"u8];

    private static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(content);
        }

        return packed.ToArray();
    }

    private int Add(byte[] content)
    {
        _objects.Add(content);
        return _objects.Count;
    }

    private void AddPages(int count)
    {
        Add(Text("<< /Type /Catalog /Pages 2 0 R >>"));
        var kids = string.Join(' ', Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{4 + (2 * i)} 0 R")));
        Add(Text($"<< /Type /Pages /Count {count} /Kids [{kids}] >>"));
        Add(Text("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"));
        for (var i = 0; i < count; i++)
        {
            Add(Text(string.Create(CultureInfo.InvariantCulture, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + (2 * i)} 0 R >>")));
            Add(Stream("/Filter /FlateDecode", Deflate(Text(string.Create(CultureInfo.InvariantCulture, $"BT /F1 24 Tf 72 720 Td (Page {i + 1}) Tj ET")))));
        }
    }

    private byte[] ToBytes()
    {
        var file = new MemoryStream();
        file.Write(Text("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n"));
        var table = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n"));
        foreach (var (index, content) in _objects.Index())
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Position:0000000000} 00000 n \n");
            file.Write(Text(string.Create(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n")));
            file.Write(content);
            file.Write("\nendobj\n"u8);
        }

        var start = file.Position;
        file.Write(Text(table.ToString()));
        file.Write(Text(string.Create(CultureInfo.InvariantCulture, $"trailer\n<< /Size {_objects.Count + 1} /Root 1 0 R {_trailer} >>\nstartxref\n{start}\n%%EOF\n")));
        return file.ToArray();
    }
}
