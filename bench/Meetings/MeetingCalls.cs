using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Actors.Bench.Support;
using Actors.TestKit.Meetings;
using Actors.TestKit.Processes;

namespace Actors.Bench.Meetings;

/// <summary>How fast is-running answers for many meetings and what it asks of BigBlueButton meanwhile; and what creating and joining add to BigBlueButton's own time.</summary>
public static class MeetingCalls
{
    private const int Meetings = 1_000;
    private const int Rounds = 3;
    private const int Callers = 32;
    private const int Joins = 300;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    public static async Task RunAsync()
    {
        await using var bbb = await BbbDouble.StartAsync();
        await using var server = await ApiProcess.StartAsync(
            CancellationToken.None, $"--Bbb:Servers:visio:Url={bbb.Address}", $"--Bbb:Servers:visio:Secret={bbb.Secret}");
        using var admin = server.CreateClient();
        var links = new List<(string Running, string Join)>();
        var creates = new List<TimeSpan>();
        for (var i = 0; i < Meetings; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            using var made = await admin.PostAsJsonAsync(new Uri("/bbb/visio/meeting/", UriKind.Relative), new { name = "Rendez-vous", idempotent_id = $"m{i}" });
            var meeting = (await made.Content.ReadFromJsonAsync<JsonNode>())!["data"]!;
            creates.Add(TimeProvider.System.GetElapsedTime(began));
            links.Add((new Uri((string)meeting["is_running_url"]!).AbsolutePath, (string)meeting["join_user_url"]!));
        }

        await JoinsAsync(bbb, links, creates);
        await RunningAsync(bbb, server, links);
    }

    private static async Task RunningAsync(BbbDouble bbb, ApiProcess server, List<(string Running, string Join)> links)
    {
        Console.WriteLine($"is-running, {Meetings} meetings, {Callers} connections, medians of {Rounds} rounds of {Window.TotalSeconds:0} s");
        var health = Ask(server.BaseAddress, "/healthz");
        var asked = links.Select(link => Ask(server.BaseAddress, link.Running)).ToList();
        var direct = links.Select(link => Ask(bbb.Address, $"/bigbluebutton/api/isMeetingRunning?meetingID={link.Running.Split('/')[4]}&checksum=0")).ToList();
        // so that all grains are there, and each was asked for
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
        Print("baseline: GET /healthz", server.BaseAddress, _ => health);
        Print("baseline: asking the double itself each time", bbb.Address, number => direct[number % Meetings]);
        var before = bbb.CallsOf("getMeetings");
        Print("is-running", server.BaseAddress, number => asked[number % Meetings]);
        var calls = bbb.CallsOf("getMeetings") - before;
        Console.WriteLine($"  calls to BigBlueButton meanwhile: {calls} in {Rounds * Window.TotalSeconds:0} s, all of them getMeetings ({bbb.CallsOf("isMeetingRunning")} isMeetingRunning by us: those of the baseline)");

        static byte[] Ask(Uri at, string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {at.Authority}\r\n\r\n");
    }

    private static void Print(string what, Uri server, Func<int, byte[]> request)
    {
        var rates = new List<double>();
        Samples? latencies = null;
        var number = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var connections = Enumerable.Range(0, Callers).Select(_ => new RawConnection(server)).ToList();
            var until = TimeProvider.System.GetTimestamp() + (long)(Window.TotalSeconds * TimeProvider.System.TimestampFrequency);
            var result = ClosedLoop.Run(connections, (_, connection) =>
            {
                connection.Exchange(request(Interlocked.Increment(ref number)));
                return TimeProvider.System.GetTimestamp() < until;
            });
            connections.ForEach(connection => connection.Dispose());
            rates.Add(result.Latencies.Count / result.Elapsed.TotalSeconds);
            latencies = result.Latencies;
        }

        Console.WriteLine($"{what,-56} {rates.Order().ElementAt(Rounds / 2),9:0} a second; last round {latencies}");
    }

    /// <summary>One caller: what the double takes by itself, and what the same costs through us.</summary>
    private static async Task JoinsAsync(BbbDouble bbb, List<(string Running, string Join)> links, List<TimeSpan> creates)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var (joins, own) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var i = 0; i < Joins; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            using var redirect = await http.GetAsync(new Uri(links[i].Join));
            joins.Add(TimeProvider.System.GetElapsedTime(began));
            began = TimeProvider.System.GetTimestamp();
            using var direct = await http.GetAsync(new Uri(bbb.Address, "api/create?name=x&meetingID=y&checksum=0"));
            await direct.Content.ReadAsStringAsync();
            own.Add(TimeProvider.System.GetElapsedTime(began));
        }

        Console.WriteLine("one caller, milliseconds");
        Line("the double's own answer to a create", own);
        Line($"POST meeting: create and a durable row ({creates.Count})", creates);
        Line($"GET join: create again and a redirect ({joins.Count})", joins);

        static void Line(string what, List<TimeSpan> times)
        {
            var sorted = times.Select(time => time.TotalMilliseconds).Order().ToList();
            Console.WriteLine($"{what,-56} p50 {sorted[sorted.Count / 2],6:0.00}  p99 {sorted[sorted.Count * 99 / 100],6:0.00}");
        }
    }
}
