using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Actors.TestKit.Histories;

namespace Actors.TestKit.Loads;

/// <summary>
/// One reader as its page behaves: what is not acknowledged is handed in again under the same id, and a server that
/// cannot be reached is left for the next one, as by a load balancer.
/// </summary>
internal sealed class ScanDoor(Venue venue, Guid reader, IReadOnlyList<Uri> servers, int number, ScanHistory history)
{
    private const int OfflineLot = 3;
    private const int Remembered = 50;

    /// <summary>What the page waits at most.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    /// <summary>Between two people.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMilliseconds(200);

    private readonly Random _random = new(number);
    private readonly List<DoorScan> _known = [];
    private int _server = number;
    private int _acknowledged;

    /// <summary>How many of its scans were acknowledged.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>The server that it asks at the moment.</summary>
    public Uri Server => servers[_server % servers.Count];

    /// <summary>Scans until it is enough; then what is under way is handed in, unless it shall end now.</summary>
    public async Task ScanAsync(CancellationToken enough, CancellationToken now)
    {
        using var client = new HttpClient { Timeout = Deadline };
        while (!enough.IsCancellationRequested)
        {
            var scans = Choose();
            while (!await HandInAsync(client, scans, now))
            {
                await Task.Delay(AfterRefusal, TimeProvider.System, now);
            }

            await Task.Delay(Pace, TimeProvider.System, now);
        }
    }

    // Mostly one at the door; now and then one whose answer got lost, or a few that were scanned offline.
    private DoorScan[] Choose() => _random.Next(20) switch
    {
        0 or 1 when _known.Count > 0 => [_known[_random.Next(_known.Count)]],
        2 => [.. Enumerable.Range(0, OfflineLot).Select(_ => New(isOnline: false))],
        _ => [New(isOnline: true)],
    };

    private DoorScan New(bool isOnline)
    {
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        return new DoorScan(venue.Next(), Guid.NewGuid(), isOnline ? time : time - _random.Next(60), isOnline);
    }

    private async Task<bool> HandInAsync(HttpClient client, DoorScan[] scans, CancellationToken now)
    {
        var server = Server;
        history.Call();
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            using var answer = await client.PostAsJsonAsync(
                new Uri(server, $"/pointage/?uuid={reader}"),
                new
                {
                    events = scans.Select(scan => new { certificate = scan.Certificate, @event = scan.Event, timestamp = scan.Time }),
                    now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0,
                    limit = 1,
                },
                now);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(now);
            return answer.IsSuccessStatusCode ? Take(scans, body) : Refused(answer, body);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            history.Miss();
            _server++;
            return false;
        }
        catch (JsonException failure)
        {
            history.Complain($"{server} sent no JSON: {failure.Message}");
            return false;
        }
        catch (TaskCanceledException) when (!now.IsCancellationRequested)
        {
            history.Complain($"{server} did not answer within {Deadline.TotalSeconds} s.");
            return false;
        }
        finally
        {
            history.Took(TimeProvider.System.GetElapsedTime(started));
        }
    }

    private bool Take(DoorScan[] scans, JsonElement body)
    {
        var outcomes = body.GetProperty("data").GetProperty("outcomes");
        var all = true;
        foreach (var scan in scans)
        {
            var outcome = outcomes.GetProperty(scan.Event.ToString()).GetProperty("outcome").GetString()!;
            if (!history.Answer(new AnsweredScan(scan.Certificate, scan.Event, outcome, scan.IsOnline)))
            {
                all = false;
                continue;
            }

            Interlocked.Increment(ref _acknowledged);
            if (_known.Count < Remembered)
            {
                _known.Add(scan);
            }
            else
            {
                _known[_random.Next(Remembered)] = scan;
            }
        }

        return all;
    }

    private bool Refused(HttpResponseMessage answer, JsonElement body)
    {
        if (answer.StatusCode is HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null
            && body.TryGetProperty("err", out var err) && err.GetInt32() == 1)
        {
            history.Refuse();
        }
        else
        {
            history.Complain($"{answer.RequestMessage!.RequestUri!.Authority} answered {(int)answer.StatusCode} with {body}.");
        }

        return false;
    }

    private sealed record DoorScan(Guid Certificate, Guid Event, double Time, bool IsOnline);
}
