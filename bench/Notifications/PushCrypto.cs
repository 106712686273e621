using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Actors.Silo.Notifications;
using Actors.Silo.Storage.Memory;
using Microsoft.Extensions.Options;

namespace Actors.Bench.Notifications;

/// <summary>How many messages of 200 bytes one thread encrypts and signs per second, beside npm's web-push in the same run.</summary>
public static class PushCrypto
{
    private const int Rounds = 5;
    private const string Origin = "https://push.example.org";
    private const string Subject = "mailto:bench@example.org";
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(2);
    private static readonly string s_text = new('x', 200);

    public static async Task RunAsync()
    {
        var pair = VapidKeyPair.Create();
        var settings = Options.Create(new PushSettings { PublicKey = pair.PublicKey, PrivateKey = pair.PrivateKey, Subject = Subject });
        var tokens = new VapidTokens(new VapidKeys(settings, new MemorySettingStore()), settings, TimeProvider.System);
        using var device = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = EcPoints.Encode(device.ExportParameters(includePrivateParameters: false).Q);
        var auth = RandomNumberGenerator.GetBytes(16);
        var text = Encoding.UTF8.GetBytes(s_text);
        await using var peer = await WebPushPeer.StartAsync(new
        {
            subscription = new { endpoint = $"{Origin}/push/1", keys = new { p256dh = Base64Url.EncodeToString(point), auth = Base64Url.EncodeToString(auth) } },
            text = s_text,
            vapidDetails = new { subject = Subject, publicKey = pair.PublicKey, privateKey = pair.PrivateKey },
        });

        var (theirs, ours, signed, floor) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        // the first round warms all up
        for (var round = 0; round <= Rounds; round++)
        {
            theirs.Add(await peer.MeasureAsync(s_window));
            ours.Add(await MeasureAsync(SendAsync));
            signed.Add(await MeasureAsync(async () =>
            {
                tokens.Forget(Origin);
                await SendAsync();
            }));
            floor.Add(await MeasureAsync(() =>
            {
                Agree(point);
                return ValueTask.CompletedTask;
            }));
        }

        Console.WriteLine($"messages of {s_text.Length} bytes a second on one thread, medians of {Rounds} rounds of {s_window.TotalSeconds:0} s");
        var baseline = Print("baseline: web-push generateRequestDetails (signs each)", theirs, baseline: null);
        Print("encrypted, with the token of its push service", ours, baseline);
        Print("encrypted, with a token signed for each", signed, baseline);
        Print("of that the platform's: a pair, a point, their secret", floor, baseline);

        async ValueTask SendAsync()
        {
            var body = WebPushEncryption.Encrypt(text, point, auth) ?? throw new InvalidOperationException("no body");
            var header = await tokens.AuthorizationAsync(Origin, CancellationToken.None);
            Debug.Assert(body.Length > text.Length && header.Length > 0, "as the peer's");
        }
    }

    /// <summary>What no message can do without, and nothing else.</summary>
    private static void Agree(byte[] point)
    {
        using var ours = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = EcPoints.Decode(point) });
        using var key = theirs.PublicKey;
        ours.DeriveRawSecretAgreement(key);
    }

    private static async Task<double> MeasureAsync(Func<ValueTask> send)
    {
        var began = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(began) < s_window)
        {
            await send();
            count++;
        }

        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double Print(string what, List<double> rates, double? baseline)
    {
        var sorted = rates.Skip(1).Order().ToList();
        var median = sorted[sorted.Count / 2];
        var ratio = baseline is { } known ? $"  {median / known,5:0.0} times" : "";
        Console.WriteLine($"{what,-56} {median,9:0}  ({sorted[0]:0} to {sorted[^1]:0}){ratio}");
        return median;
    }
}
