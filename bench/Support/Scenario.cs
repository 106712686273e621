namespace Actors.Bench.Support;

/// <summary>Something that is measured and printed beside a baseline of the same run.</summary>
/// <param name="Name">How it is called.</param>
/// <param name="What">What it measures.</param>
/// <param name="RunAsync">Runs it.</param>
public sealed record Scenario(string Name, string What, Func<string[], Task> RunAsync);
