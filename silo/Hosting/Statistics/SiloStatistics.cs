namespace Actors.Silo.Hosting.Statistics;

/// <summary>What a silo tells of itself.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="StartedAt">When its process started.</param>
/// <param name="MemoryBytes">What its process has resident.</param>
/// <param name="Grains">The grains that it holds, by type.</param>
public sealed record SiloStatistics(string Version, DateTimeOffset StartedAt, long MemoryBytes, IReadOnlyList<GrainStatistics> Grains);

/// <summary>The grains of one type on one silo.</summary>
/// <param name="Type">The type, such as <c>certificate</c>.</param>
/// <param name="Activations">How many are in memory.</param>
/// <param name="CallsPerSecond">How many calls began each second, over the last few seconds.</param>
public sealed record GrainStatistics(string Type, int Activations, double CallsPerSecond);

/// <summary>The same counts as totals since the process started.</summary>
/// <param name="Type">The type of the grains.</param>
/// <param name="Activations">How many are in memory.</param>
/// <param name="Calls">How many calls have begun.</param>
internal readonly record struct GrainCount(string Type, int Activations, long Calls);
