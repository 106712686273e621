using Actors.Bench.Support;
using Actors.Bench.Tallying;

// dotnet run -c Release --project bench -- <scenario> [arguments]
Scenario[] scenarios =
[
    new("tally-http", "durable tally events acknowledged per second over HTTP, 50 readers, batches of 1 and of 100", _ => TallyOverHttp.RunAsync()),
];

if (args is [var name, .. var rest] && scenarios.FirstOrDefault(scenario => scenario.Name == name) is { } chosen)
{
    Console.WriteLine(Machine.Describe());
    await chosen.RunAsync(rest);
    return 0;
}

Console.WriteLine("Usage: dotnet run -c Release --project bench -- <scenario>");
foreach (var scenario in scenarios)
{
    Console.WriteLine($"  {scenario.Name,-16} {scenario.What}");
}

return args is [] ? 0 : 2;
