using System.Diagnostics;
using System.Text;
using Actors.Bench.Support;

namespace Actors.Bench.Tallying;

/// <summary>A connection for each reader of a door, and what their synchronisations cost the server and the generator.</summary>
public sealed class TallyLoad : IDisposable
{
    public static readonly string Header =
        $"{"",-50} {"events/s",9} {"p50, ms",8} {"p95, ms",8} {"p99, ms",8} {"server, us/event",17} {"generator",10} {"written, bytes/event",21}";

    private readonly DoorFixture _door;
    private readonly RawConnection[] _connections;

    public TallyLoad(DoorFixture door)
    {
        _door = door;
        _connections = [.. door.Readers.Select(_ => new RawConnection(door.Api.BaseAddress))];
    }

    /// <summary>What the server gives for an address, to tell what a request costs by itself.</summary>
    public string Requests(string what, string path, TimeSpan window)
    {
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {_door.Api.BaseAddress.Authority}\r\n\r\n");
        return Measure(what, 1, window, int.MaxValue, (_, connection) => connection.Exchange(request));
    }

    /// <summary>Hands scans in for so long, or so many; one line of what came of it.</summary>
    /// <param name="what">How the line is called.</param>
    /// <param name="batch">Scans in one synchronisation.</param>
    /// <param name="window">For how long.</param>
    /// <param name="most">How many scans at most.</param>
    /// <param name="certificate">Whose.</param>
    public string Syncs(string what, int batch, TimeSpan window, int most, Func<Guid> certificate)
    {
        var posts = _door.Readers.Select(reader => new SyncPost(_door.Api.BaseAddress, reader, batch)).ToArray();
        return Measure(what, Math.Max(1, batch), window, most, (caller, connection) => posts[caller].Send(connection, certificate));
    }

    /// <summary>Each reader hands in one scan again and again.</summary>
    public string Repeats(string what, TimeSpan window, Guid certificate)
    {
        var posts = _door.Readers.Select(reader => (Post: new SyncPost(_door.Api.BaseAddress, reader, 1), Event: Guid.NewGuid())).ToArray();
        return Measure(what, 1, window, int.MaxValue, (caller, connection) => posts[caller].Post.Send(connection, () => certificate, posts[caller].Event));
    }

    public void Dispose() => Array.ForEach(_connections, connection => connection.Dispose());

    private string Measure(string what, int events, TimeSpan window, int most, Action<int, RawConnection> exchange)
    {
        var left = most;
        var server = ProcessUsage.Of(_door.Api.Id);
        var generator = ProcessUsage.Of(Environment.ProcessId);
        var started = Stopwatch.GetTimestamp();
        var result = ClosedLoop.Run(_connections, (caller, connection) =>
        {
            if (Stopwatch.GetElapsedTime(started) >= window || Interlocked.Add(ref left, -events) < 0)
            {
                return false;
            }

            exchange(caller, connection);
            return true;
        });
        server = ProcessUsage.Of(_door.Api.Id).Since(server);
        generator = ProcessUsage.Of(Environment.ProcessId).Since(generator);
        var count = (double)result.Latencies.Count * events;
        return $"{what,-50} {count / result.Elapsed.TotalSeconds,9:0} {result.Latencies.Percentile(0.5),8:0.00} {result.Latencies.Percentile(0.95),8:0.00} {result.Latencies.Percentile(0.99),8:0.00}"
            + $" {server.Processor.TotalMicroseconds / count,17:0.0} {generator.Processor.TotalMicroseconds / count,10:0.0} {server.Written / count,21:0}";
    }
}
