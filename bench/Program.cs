using Actors.Bench.Cluster;
using Actors.Bench.Engine;
using Actors.Bench.Gossip;
using Actors.Bench.Meetings;
using Actors.Bench.Notifications;
using Actors.Bench.Printing;
using Actors.Bench.Storage;
using Actors.Bench.Support;
using Actors.Bench.Tallying;

// dotnet run -c Release --project bench -- <scenario> [arguments]
Scenario[] scenarios =
[
    new("engine-calls", "grain calls in one process, at 1 and 64 callers over 10,000 keys, beside a channel actor", _ => EngineCalls.RunAsync()),
    new("tally-http", "durable tally events acknowledged per second over HTTP, 50 readers, batches of 1 and of 100 (argument: rounds)", TallyOverHttp.RunAsync),
    new("tally-growth", "what an event costs when the log holds 1,000, 10,000 and 100,000", _ => TallyGrowth.RunAsync()),
    new("tally-push", "from a scan on one connection to the push on another's, at 10 to 1,000 scans per second, beside a bare hub", PushLatency.RunAsync),
    new("tally-catchup", "catch-up of a reader that missed 10,000 events; growth from 1,000 to 100,000 events", _ => CatchUp.RunAsync()),
    new("answer-on-screen", "from the first camera frame with a code to the answer on the screen (arguments: online or offline; both without)", AnswerOnScreen.RunAsync),
    new("cluster-calls", "calls from a client process to one and two silo processes, beside calls in one process", _ => ClusterCalls.RunAsync()),
    new("cluster-writes", "durable writes through grains to one and two silos beside one transaction per write; first touch of 10,000 stored grains (arguments: rounds; writes or touch)", ClusterWrites.RunAsync),
    new("cluster-takeover", "from kill -9 and from freezing a silo to the next success on a grain it held; calls failed in a rolling restart (argument: kills)", Takeover.RunAsync),
    new("chaos", "the programs while silos are killed, frozen and cut off and the database restarted; ends with 1 when anything was lost or first twice (arguments: --kills N, --seed S)", Chaos.RunAsync),
    new("gossip-rounds", "rounds and messages per event of the simulated gossip, against 2 to 1,000 readers", _ => GossipRounds.RunAsync()),
    new("gossip", "200 readers and 10,000 certificates on 2 silos: from an acknowledgement to the other pages, beside asking every 10 s", _ => GossipBench.RunAsync()),
    new("gossip-wire", "bytes between two silos per event, counted by relays; processor time of 1,000 connected pages at which nothing happens", _ => GossipWire.RunAsync()),
    new("double-entry", "two pages in Chromium that both let the same person in without a network: from the return of the second until both show it, beside asking every 10 s", _ => DoubleEntry.RunAsync()),
    new("print-uploads", "pins, and pins with a file of 189 KB, per second over HTTP", _ => PrintUploads.RunAsync()),
    new("print-terminals", "from POST /qr to the frame at 1, 100 and 1,000 terminals; memory of idle ones; 500 served again after kill -9", _ => PrintTerminals.RunAsync()),
    new("meetings", "is-running for 1,000 meetings and the calls made to BigBlueButton meanwhile; creating and joining beside BigBlueButton's own time", _ => MeetingCalls.RunAsync()),
    new("push-crypto", "messages of 200 bytes encrypted and signed per second on one thread, beside npm's web-push", _ => PushCrypto.RunAsync()),
    new("cold-start", "from starting the built program to its first answer; memory when idle", _ => ColdStart.RunAsync()),
    new("storage", "rows acknowledged per second by the embedded database, grouped and one by one, and how it grows (arguments: all, state, log or growth; rows to grow to), or with --postgres by PostgreSQL", StorageBench.RunAsync),
];

if (args is [BenchProcess.Command, .. var silo])
{
    await BenchProcess.RunAsync(silo);
    return 0;
}

if (args is [var name, .. var rest] && scenarios.FirstOrDefault(scenario => scenario.Name == name) is { } chosen)
{
    Console.WriteLine(Machine.Describe());
    await chosen.RunAsync(rest);
    return Environment.ExitCode;
}

Console.WriteLine("Usage: dotnet run -c Release --project bench -- <scenario>");
foreach (var scenario in scenarios)
{
    Console.WriteLine($"  {scenario.Name,-16} {scenario.What}");
}

return args is [] ? 0 : 2;
