using System.Text;
using QRCoder;

namespace Actors.Api.Tallying.Qr;

/// <summary>A QR code, with a label under it or not: dots, drawn as PNG or SVG.</summary>
internal sealed class QrImage
{
    private const int LabelMargin = 4;

    /// <summary>Pixels per dot of the PNG: a label and a code that a 300 dpi printer makes 4 cm wide.</summary>
    private const int Scale = 8;

    private readonly bool[,] _dark;

    private QrImage(bool[,] dark) => _dark = dark;

    private int Width => _dark.GetLength(1);

    private int Height => _dark.GetLength(0);

    /// <summary>Alphanumeric mode, which base45 was made for, with error correction Q.</summary>
    public static QrImage Of(string text, string? label)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        var size = code.ModuleMatrix.Count;
        var width = label is null ? size : Math.Max(size, LabelFont.WidthOf(label) + 2 * LabelMargin);
        var dark = new bool[label is null ? size : size + LabelFont.Height + LabelMargin, width];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                dark[y, x + (width - size) / 2] = code.ModuleMatrix[y][x];
            }
        }

        if (label is not null)
        {
            Draw(dark, label, (width - LabelFont.WidthOf(label)) / 2, size);
        }

        return new QrImage(dark);
    }

    public byte[] ToPng() => PngWriter.Write(_dark, Scale);

    public string ToSvg()
    {
        var path = new StringBuilder();
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var end = x;
                while (end < Width && _dark[y, end])
                {
                    end++;
                }

                if (end > x)
                {
                    path.Append($"M{x} {y}h{end - x}v1h-{end - x}z");
                    x = end;
                }
            }
        }

        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width * Scale}" height="{Height * Scale}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{Width}v{Height}H0z"/><path d="{path}"/></svg>
            """;
    }

    private static void Draw(bool[,] dark, string label, int left, int top)
    {
        foreach (var character in label)
        {
            for (var y = 0; y < LabelFont.Height; y++)
            {
                for (var x = 0; x < LabelFont.Width; x++)
                {
                    dark[top + y, left + x] = LabelFont.IsDark(character, x, y);
                }
            }

            left += LabelFont.Width + 1;
        }
    }
}
