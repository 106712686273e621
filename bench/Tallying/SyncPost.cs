using System.Globalization;
using System.Text;
using Actors.Bench.Support;

namespace Actors.Bench.Tallying;

/// <summary>The bytes of one reader's synchronisation, made once; each request only gets new uuids and a new time in their places.</summary>
public sealed class SyncPost
{
    private const string NoUuid = "00000000-0000-0000-0000-000000000000";
    private const string NoTime = "0000000000.000";

    private readonly byte[] _bytes;
    private readonly int[] _uuids;
    private readonly int[] _times;
    private readonly int _batch;

    /// <param name="server">Where it goes.</param>
    /// <param name="reader">The reader.</param>
    /// <param name="batch">Scans in each; without any it only asks.</param>
    public SyncPost(Uri server, string reader, int batch)
    {
        _batch = batch;
        var rows = string.Join(',', Enumerable.Repeat($$"""{"certificate":"{{NoUuid}}","event":"{{NoUuid}}","timestamp":{{NoTime}}}""", batch));
        // Nothing is after this cursor: the answer has the outcomes alone, as a page's has that hears of the others by the hub.
        var body = $$"""{"limit":1,"since":{{Future()}},"events":[{{rows}}]}""";
        var text = $"POST /pointage/?uuid={reader} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        _bytes = Encoding.ASCII.GetBytes(text);
        _uuids = Places(text, NoUuid, 2 * batch);
        _times = Places(text, NoTime, batch);
    }

    /// <summary>Hands the scans of these certificates in; returns when all have their outcomes.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="certificate">The certificate of the next scan.</param>
    /// <param name="repeated">The event of a scan that is sent again, instead of a new one.</param>
    /// <exception cref="InvalidDataException">An outcome is missing or not confirmed.</exception>
    public void Send(RawConnection connection, Func<Guid> certificate, Guid? repeated = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        for (var i = 0; i < _batch; i++)
        {
            certificate().TryFormat(_bytes.AsSpan(_uuids[2 * i]), out _);
            (repeated ?? Uuid()).TryFormat(_bytes.AsSpan(_uuids[2 * i + 1]), out _);
            now.TryFormat(_bytes.AsSpan(_times[i]), out _, "0000000000.000", CultureInfo.InvariantCulture);
        }

        var answer = connection.Exchange(_bytes);
        var decided = answer.Count("{\"outcome\":\"first\""u8) + answer.Count("{\"outcome\":\"duplicate\""u8);
        if (decided != _batch || !answer.StartsWith("{\"err\":0,"u8))
        {
            throw new InvalidDataException($"{decided} of {_batch} outcomes in {Encoding.UTF8.GetString(answer)}");
        }
    }

    private static Guid Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static string Future() =>
        TimeProvider.System.GetUtcNow().AddMinutes(50).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static int[] Places(string text, string what, int count)
    {
        var places = new int[count];
        for (int i = 0, from = 0; i < count; i++, from = places[i - 1] + what.Length)
        {
            places[i] = text.IndexOf(what, from, StringComparison.Ordinal);
        }

        return places;
    }
}
