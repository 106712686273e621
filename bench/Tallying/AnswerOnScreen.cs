using System.Globalization;
using System.Text.Json;
using Actors.TestKit.Phones;
using Actors.TestKit.Processes;

namespace Actors.Bench.Tallying;

/// <summary>From the first camera frame that shows a code to the answer on the screen of a phone, whose camera plays a film of many codes.</summary>
public static class AnswerOnScreen
{
    private const int Codes = 45;
    private const int DecoderRounds = 240;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    public static async Task RunAsync(string[] arguments)
    {
        foreach (var mode in arguments is [] ? ["online", "offline"] : arguments)
        {
            await MeasureAsync(isOffline: mode == "offline");
        }
    }

    private static async Task MeasureAsync(bool isOffline)
    {
        await using var api = await ApiProcess.StartAsync(CancellationToken.None);
        using var door = await Door.OpenAsync(api, "bench", CancellationToken.None);
        var certificates = new List<(string Id, string QrText)>();
        for (var i = 0; i < Codes; i++)
        {
            certificates.Add(await door.AddCertificateAsync($"Guest {i}", CancellationToken.None));
        }

        var address = await door.AddReaderAsync("Door", CancellationToken.None);
        await using var phone = await Phone.CreateAsync("film.mjpeg");
        await AnswerOnScreenFilm.WriteAsync(phone.FilmPath, [.. certificates.Select(certificate => certificate.QrText)]);
        await phone.OpenAsync();
        if (isOffline)
        {
            // The first opening needs the network; the film starts again with the second.
            await phone.Page.GotoAsync(address.ToString());
            await phone.Page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null");
            await phone.CloseAsync();
            await api.KillAsync();
            await phone.OpenAsync();
        }

        await phone.Page.AddInitScriptAsync(AnswerOnScreenProbe.Watch);
        await phone.Page.GotoAsync(address.ToString());
        await phone.Page.WaitForFunctionAsync(
            "count => Object.keys(answerOnScreen.shown).length === count && Object.keys(answerOnScreen.answers).length >= count - 1",
            Codes,
            new() { Timeout = (float)Patience.TotalMilliseconds, PollingInterval = 1_000 });
        await phone.Page.WaitForTimeoutAsync(1_000);
        var seen = await phone.Page.EvaluateAsync<JsonElement>("() => answerOnScreen");
        Report(isOffline ? "offline" : "online", [.. certificates.Select(certificate => certificate.Id)], seen);
        foreach (var thorough in new[] { false, true })
        {
            var alone = await phone.Page.EvaluateAsync<double[][]>(AnswerOnScreenProbe.Decode, new { rounds = DecoderRounds, thorough });
            Console.WriteLine($"  baseline, the decoder by itself, {(thorough ? "thorough" : "quick")}: {Describe(alone[0])} with a code, {Describe(alone[1])} without");
        }
    }

    private static void Report(string mode, string[] certificates, JsonElement seen)
    {
        var (shown, answers, decoded) = (seen.GetProperty("shown"), seen.GetProperty("answers"), seen.GetProperty("decoded"));
        var (fromCapture, fromPresentation, waiting, decoding, deciding) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var missed = 0;
        var tones = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < certificates.Length; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            if (!answers.TryGetProperty(certificates[i], out var answer) || answer.GetProperty("drawn").ValueKind != JsonValueKind.Number
                || !decoded.TryGetProperty(number, out var decoder))
            {
                missed++;
                continue;
            }

            var frame = shown.GetProperty(number);
            var (presented, drawn) = (frame.GetProperty("presented").GetDouble(), answer.GetProperty("drawn").GetDouble());
            var (sent, replied) = (decoder.GetProperty("sent").GetDouble(), decoder.GetProperty("replied").GetDouble());
            fromPresentation.Add(drawn - presented);
            waiting.Add(sent - presented);
            decoding.Add(replied - sent);
            deciding.Add(drawn - replied);
            if (frame.GetProperty("captured").ValueKind == JsonValueKind.Number)
            {
                fromCapture.Add(drawn - frame.GetProperty("captured").GetDouble());
            }

            var tone = answer.GetProperty("tone").GetString() + (answer.GetProperty("local").GetString() == "true" ? ", local" : "");
            tones[tone] = tones.GetValueOrDefault(tone) + 1;
        }

        var seconds = (seen.GetProperty("lastFrameAt").GetDouble() - seen.GetProperty("firstFrameAt").GetDouble()) / 1_000;
        Console.WriteLine($"{mode}: {string.Join(", ", tones.Select(tone => $"{tone.Value} {tone.Key}"))}, {missed} missed; camera {seen.GetProperty("frames").GetDouble() / seconds:0.0} frames/s");
        Console.WriteLine($"  first frame captured to answer drawn:  {Describe(fromCapture)}");
        Console.WriteLine($"  first frame presented to answer drawn: {Describe(fromPresentation)}");
        Console.WriteLine($"    of it, until a frame with the code goes to the decoder: {Describe(waiting)}");
        Console.WriteLine($"    of it, until the decoder has its text:                  {Describe(decoding)}");
        Console.WriteLine($"    of it, until the answer is drawn:                       {Describe(deciding)}");
        Console.WriteLine($"      each write to the phone's database: {Describe(Spans(seen.GetProperty("writes")))}");
        Console.WriteLine($"      each question to the server:        {Describe(Spans(seen.GetProperty("asks")))}");
    }

    private static double[] Spans(JsonElement spans) => [.. spans.EnumerateArray().Select(span => span[1].GetDouble() - span[0].GetDouble())];

    private static string Describe(IReadOnlyCollection<double> milliseconds)
    {
        if (milliseconds.Count == 0)
        {
            return "none";
        }

        var sorted = milliseconds.Order().ToArray();
        double At(double share) => sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
        return $"p50 {At(0.5):0} ms, p95 {At(0.95):0} ms, max {sorted[^1]:0} ms ({sorted.Length})";
    }
}
