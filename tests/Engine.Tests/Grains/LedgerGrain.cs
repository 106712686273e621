using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Tests.Grains;

/// <summary>A grain with two records of state.</summary>
[Alias("tests.ledger")]
public interface ILedgerGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task<int> AddAsync(int amount);

    [Alias("add-carelessly")]
    Task<int> AddCarelesslyAsync(int amount);

    [Alias("total")]
    Task<int> TotalAsync();

    [Alias("exists")]
    Task<bool> ExistsAsync();

    [Alias("clear")]
    Task ClearAsync();

    [Alias("reread")]
    Task<int> AddWithoutWritingThenReadAsync(int amount);

    [Alias("constructor")]
    Task<bool> ConstructorSawStateAsync();

    [Alias("note")]
    Task<string?> NoteAsync(string? note);

    [Alias("add-interleaving"), Orleans.Concurrency.AlwaysInterleave]
    Task<int> AddInterleavingAsync(int amount);
}

[GenerateSerializer, Alias("tests.ledger-state")]
public sealed class LedgerState
{
    [Id(0)]
    public int Total { get; set; }
}

[GenerateSerializer, Alias("tests.ledger-note")]
public sealed class LedgerNote
{
    [Id(0)]
    public string? Text { get; set; }
}

public sealed class LedgerGrain : Grain, ILedgerGrain
{
    private readonly IPersistentState<LedgerState> _state;
    private readonly IPersistentState<LedgerNote> _note;
    private readonly bool _constructorSawState;

    public LedgerGrain(
        [PersistentState("test-ledger")] IPersistentState<LedgerState> state,
        [PersistentState("test-ledger-note")] IPersistentState<LedgerNote> note)
    {
        _state = state;
        _note = note;
        _constructorSawState = Sees(state);
    }

    /// <summary>As grains have to write: a failure, whose effect is unknown, ends the activation.</summary>
    public async Task<int> AddAsync(int amount)
    {
        try
        {
            return await AddCarelesslyAsync(amount);
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    public async Task<int> AddCarelesslyAsync(int amount)
    {
        _state.State.Total += amount;
        await _state.WriteStateAsync();
        return _state.State.Total;
    }

    public Task<int> AddInterleavingAsync(int amount) => AddCarelesslyAsync(amount);

    public Task<int> TotalAsync() => Task.FromResult(_state.State.Total);

    public Task<bool> ExistsAsync() => Task.FromResult(_state.RecordExists);

    public Task ClearAsync() => _state.ClearStateAsync();

    public async Task<int> AddWithoutWritingThenReadAsync(int amount)
    {
        _state.State.Total += amount;
        await _state.ReadStateAsync();
        return _state.State.Total;
    }

    public Task<bool> ConstructorSawStateAsync() => Task.FromResult(_constructorSawState);

    /// <summary>State that is not there yet may say so or refuse to be asked.</summary>
    private static bool Sees(IPersistentState<LedgerState> state)
    {
        try
        {
            return state.RecordExists;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public async Task<string?> NoteAsync(string? note)
    {
        if (note is not null)
        {
            _note.State.Text = note;
            await _note.WriteStateAsync();
        }

        return _note.State.Text;
    }
}
