using System.Collections.Immutable;
using Orleans;
using Orleans.Runtime;

namespace Actors.Bench.Cluster;

/// <summary>A grain that keeps 200 bytes and is durable before it answers.</summary>
[Alias("bench.note")]
public interface INoteGrain : IGrainWithStringKey
{
    /// <summary>Keeps a change.</summary>
    [Alias("write")]
    Task<long> WriteAsync();

    /// <summary>How often it was changed.</summary>
    [Alias("read")]
    ValueTask<long> ReadAsync();
}

/// <summary>What it keeps.</summary>
[GenerateSerializer]
[Alias("bench.note-state")]
[Immutable]
public sealed record NoteState([property: Id(0)] long Version, [property: Id(1)] ImmutableArray<byte> Text)
{
    public const int Bytes = 200;

    public NoteState()
        : this(0, Filled(Bytes))
    {
    }

    private static ImmutableArray<byte> Filled(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];
}

/// <inheritdoc cref="INoteGrain"/>
public sealed class NoteGrain([PersistentState("bench-note")] IPersistentState<NoteState> state) : Grain, INoteGrain
{
    public async Task<long> WriteAsync()
    {
        state.State = state.State with { Version = state.State.Version + 1 };
        await state.WriteStateAsync();
        return state.State.Version;
    }

    public ValueTask<long> ReadAsync() => ValueTask.FromResult(state.State.Version);
}
