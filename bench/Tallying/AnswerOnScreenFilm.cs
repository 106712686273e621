using System.Text.Json;
using Actors.TestKit.Phones;
using Microsoft.Playwright;
using QRCoder;

namespace Actors.Bench.Tallying;

/// <summary>A film as a phone held upright gives it: 960 by 1280 pixels, 30 frames a second, a code and the empty table in turns.</summary>
internal static class AnswerOnScreenFilm
{
    /// <summary>Frames with a code in each turn; what Chromium plays of an MJPEG film is always 30 a second.</summary>
    private const int FramesWithCode = 30;
    private const int FramesBetween = 18;
    private const int FramesBefore = 120;

    // Nine squares at the top edge: the first is white while a code is in view, the others spell its number.
    private const string Draw = """
        ({ codes }) => {
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [960, 1280];
          const context = canvas.getContext('2d');
          return codes.map((modules, number) => {
            context.fillStyle = '#606060';
            context.fillRect(0, 0, 960, 1280);
            if (modules) {
              const scale = Math.floor(520 / (modules.length + 8));
              const side = scale * (modules.length + 8);
              const [left, top] = [(960 - side) / 2, (1280 - side) / 2];
              context.fillStyle = '#fff';
              context.fillRect(left, top, side, side);
              context.fillStyle = '#111';
              modules.forEach((row, y) => [...row].forEach((dark, x) => {
                if (dark === '1') context.fillRect(left + (x + 4) * scale, top + (y + 4) * scale, scale, scale);
              }));
            }
            for (let bit = 0; bit < 9; bit++) {
              context.fillStyle = modules && (bit === 0 || (number >> (bit - 1)) & 1) ? '#fff' : '#000';
              context.fillRect(bit * 32, 0, 32, 32);
            }
            return canvas.toDataURL('image/jpeg', 0.75).split(',')[1];
          });
        }
        """;

    /// <summary>Films the codes one after the other; their place in the list is the number that their frames carry.</summary>
    public static async Task WriteAsync(string path, IReadOnlyList<string> texts)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var studio = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Phone.ChromiumPath,
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        var page = await studio.NewPageAsync();
        var answer = await page.EvaluateAsync<JsonElement>(Draw, new { codes = texts.Select(Modules).Append(null).ToArray() });
        var pictures = answer.EnumerateArray().Select(picture => picture.GetBytesFromBase64()).ToArray();
        await using var file = File.Create(path);
        await RepeatAsync(file, pictures[^1], FramesBefore);
        foreach (var picture in pictures[..^1])
        {
            await RepeatAsync(file, picture, FramesWithCode);
            await RepeatAsync(file, pictures[^1], FramesBetween);
        }
    }

    private static string[] Modules(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        const int Quiet = 4;
        return [.. code.ModuleMatrix[Quiet..^Quiet].Select(row => string.Concat(row.Cast<bool>().Skip(Quiet).SkipLast(Quiet).Select(dark => dark ? '1' : '0')))];
    }

    private static async Task RepeatAsync(FileStream file, byte[] picture, int frames)
    {
        for (var frame = 0; frame < frames; frame++)
        {
            await file.WriteAsync(picture);
        }
    }
}
