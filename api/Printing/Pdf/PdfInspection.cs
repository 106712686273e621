using System.IO.Compression;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace Actors.Api.Printing.Pdf;

/// <summary>Whether a file is a PDF that can be printed. Runs where it may fail in any way: see <see cref="PdfWorker"/>.</summary>
internal static class PdfInspection
{
    /// <summary>Pages that are counted; no print has so many.</summary>
    private const int MaxPages = 1_000_000;

    /// <summary>How much of a content is unpacked to see whether it can be.</summary>
    private const int MaxUnpacked = 8 << 20;

    /// <summary>How many pages it has, or null when it cannot be opened, is encrypted, or its first page cannot be read.</summary>
    public static int? CountPages(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var document = PdfDocument.Open(file, new ParsingOptions { SkipMissingFonts = true });
            return document is { IsEncrypted: false, NumberOfPages: > 0 and <= MaxPages } && IsReadable(document) ? document.NumberOfPages : null;
        }
#pragma warning disable CA1031 // whatever a reader of PDF throws, it could not read this one
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    /// <summary>
    /// Readers of PDF mend much: a file whose bytes went through a conversion of texts still has all its objects, but not
    /// what stands on its pages.
    /// </summary>
    private static bool IsReadable(PdfDocument document)
    {
        foreach (var (reference, _) in document.Structure.CrossReferenceTable.ObjectOffsets)
        {
            if (document.Structure.GetObject(reference).Data is DictionaryToken page
                && page.TryGet(NameToken.Type, out NameToken type) && type == NameToken.Page)
            {
                return !page.TryGet(NameToken.Contents, out var contents) || Streams(document, contents).All(CanBeUnpacked);
            }
        }

        return true;
    }

    private static IEnumerable<StreamToken> Streams(PdfDocument document, IToken contents) => contents switch
    {
        IndirectReferenceToken reference => Streams(document, document.Structure.GetObject(reference.Data).Data),
        ArrayToken array => array.Data.OfType<IndirectReferenceToken>().SelectMany(part => Streams(document, part)),
        StreamToken stream => [stream],
        _ => [],
    };

    private static bool CanBeUnpacked(StreamToken stream)
    {
        if (!stream.StreamDictionary.TryGet(NameToken.Filter, out var filter)
            || (filter is ArrayToken { Data: [var first, ..] } ? first : filter) is not NameToken { Data: "FlateDecode" or "Fl" }
            || stream.Data.Length == 0)
        {
            return true;
        }

        try
        {
            using var compressed = new MemoryStream(stream.Data.ToArray(), writable: false);
            using var plain = new ZLibStream(compressed, CompressionMode.Decompress);
            return Read(plain) > 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static int Read(Stream plain)
    {
        var buffer = new byte[64 << 10];
        var read = 0;
        for (int count; read < MaxUnpacked && (count = plain.Read(buffer)) > 0;)
        {
            read += count;
        }

        return read;
    }
}
