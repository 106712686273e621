using System.Text;
using Actors.Api.Printing;
using Actors.Printing;
using Microsoft.AspNetCore.Http;

namespace Actors.Api.Tests.Printing;

/// <summary>Multipart bodies, whole and broken.</summary>
public sealed class UploadReaderTests
{
    private const int Inputs = 1_000_000;
    private const string Type = "multipart/form-data; boundary=cut";
    private const string Part = "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4 \r\n--cu it\r\n";
    private const string Note = "--cut\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n";
    private const string End = "--cut--\r\n";

    private readonly PrintingOptions _options = new() { MaxSize = 60 };

    [Fact]
    public async Task Receive_AFileAmongOthers_TakesItAsItIs()
    {
        var (length, isTaken, written) = await ReceiveAsync(Encoding.ASCII.GetBytes(Note + Part + End), Type);
        Assert.True(isTaken);
        Assert.Equal("%PDF-1.4 \r\n--cu it", Encoding.ASCII.GetString(written));
        Assert.Equal(written.Length, length);
    }

    [Fact]
    public async Task Receive_AMillionInputs_TakesWhatItSaysOrRefuses()
    {
        string[] seeds = [Note + Part + End, Part + End, Part + Part + End, Part, Note + End, Part + Note + End];
        var taken = 0;
        await Parallel.ForAsync(0, Environment.ProcessorCount, TestContext.Current.CancellationToken, async (worker, _) =>
        {
            var random = new Random(worker);
            for (var i = worker; i < Inputs; i += Environment.ProcessorCount)
            {
                var body = Encoding.ASCII.GetBytes(seeds[i % seeds.Length]);
                for (var change = random.Next(4); change > 0; change--)
                {
                    body[random.Next(body.Length)] = (byte)random.Next(256);
                }

                var cut = random.Next(4) == 0 ? random.Next(body.Length) : body.Length;
                var type = random.Next(100) == 0 ? Type[..random.Next(Type.Length)] : Type;
                var (length, isTaken, written) = await ReceiveAsync(body[..cut], type);
                if (isTaken)
                {
                    Assert.Equal(written.Length, length);
                    Interlocked.Increment(ref taken);
                }
            }
        });

        Assert.InRange(taken, Inputs / 100, Inputs);
    }

    private async Task<(long Length, bool IsTaken, byte[] Written)> ReceiveAsync(byte[] body, string type)
    {
        using var written = new MemoryStream();
        var http = new DefaultHttpContext { Request = { Body = new MemoryStream(body), ContentType = type, ContentLength = body.Length } };
        var (length, refusal) = await UploadReader.ReceiveAsync(http, () => written, _options);
        return (length, refusal is null, written.ToArray());
    }
}
