using System.Text;
using QRCoder;

namespace Actors.TestKit.Phones;

/// <summary>Writes a film of QR codes as YUV4MPEG2, the raw format that Chromium's fake camera plays in a loop.</summary>
public static class Film
{
    private const int Width = 640;
    private const int Height = 480;
    private const int FramesPerSecond = 10;
    private const byte Table = 96;
    private const byte White = 235;
    private const byte Black = 20;
    private const byte NoColour = 128;
    private const int QuietModules = 4;

    // A phone held upright shows, and decodes, the middle of the picture only.
    private const int LargestSide = 310;

    /// <summary>Films the scenes one after the other.</summary>
    public static void Write(string path, params FilmedScene[] scenes)
    {
        using var file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F{FramesPerSecond}:1 Ip A1:1 C420jpeg\n"));
        var colour = new byte[Width * Height / 2];
        Array.Fill(colour, NoColour);
        foreach (var scene in scenes)
        {
            var picture = Draw(scene.Text);
            for (var frame = 0; frame < scene.Seconds * FramesPerSecond; frame++)
            {
                file.Write("FRAME\n"u8);
                file.Write(picture);
                file.Write(colour);
            }
        }
    }

    private static byte[] Draw(string? text)
    {
        var picture = new byte[Width * Height];
        Array.Fill(picture, Table);
        if (text is null)
        {
            return picture;
        }

        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        var modules = code.ModuleMatrix.Select(row => row.Cast<bool>().ToArray()).ToArray();
        var scale = LargestSide / (modules.Length + QuietModules);
        var side = scale * (modules.Length + QuietModules);
        var left = (Width - side) / 2;
        var top = (Height - side) / 2;
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var row = (y / scale) - (QuietModules / 2);
                var column = (x / scale) - (QuietModules / 2);
                var inside = row >= 0 && column >= 0 && row < modules.Length && column < modules.Length;
                picture[((top + y) * Width) + left + x] = inside && modules[row][column] ? Black : White;
            }
        }

        return picture;
    }
}
