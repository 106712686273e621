using Actors.Engine.Diagnostics;
using Actors.Engine.Runtime;
using Actors.Engine.Serialization;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Actors.Engine.State;

/// <summary>
/// A record of state of one activation. A write that fails for any reason ends the activation: it must not answer
/// from what was never stored.
/// </summary>
internal sealed class PersistentState<T>(Activation activation, string name, MessageCodec<T> codec) : PersistentStateRecord, IPersistentState<T>
{
    private T? _state;
    private bool _isLoaded;
    private Task _last = Task.CompletedTask;

    public T State
    {
        get => _isLoaded ? _state! : throw new InvalidOperationException($"State '{name}' is not there before OnActivateAsync.");
        set
        {
            _state = value;
            _isLoaded = true;
        }
    }

    public string? Etag { get; private set; }

    public bool RecordExists => Etag is not null;

    private IGrainStateStorage Storage => activation.Engine.StateStorage;

    private string Key => activation.GrainId.KeyText;

    public override Task LoadAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) => InOrder(
        async () =>
        {
            var row = await Storage.ReadAsync(name, Key, cancellationToken);
            State = codec.Decode(row?.Payload, activation.Engine);
            Etag = row?.ETag;
        });

    public Task WriteStateAsync(CancellationToken cancellationToken) => InOrder(() => ChangeAsync(
        () => Storage.WriteAsync(name, Key, codec.Encode(State), Etag, cancellationToken)));

    public Task ClearStateAsync(CancellationToken cancellationToken) => InOrder(
        async () =>
        {
            if (Etag is { } etag)
            {
                await ChangeAsync(() => Storage.ClearAsync(name, Key, etag, cancellationToken));
            }

            State = codec.Decode(default, activation.Engine);
            Etag = null;
        });

    // Interleaving turns may write the same record: one after the other, each with the ETag that the last one left.
    private Task InOrder(Func<Task> operation)
    {
        return _last = _last.IsCompleted ? operation() : AfterAsync(_last, operation);

        static async Task AfterAsync(Task last, Func<Task> operation)
        {
            await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await operation();
        }
    }

    private async Task ChangeAsync(Func<ValueTask<StateWrite>> change)
    {
        StateWrite result;
        try
        {
            result = await change();
            if (!result.IsDone)
            {
                throw new InconsistentStateException(
                    $"State '{name}' of {activation.GrainId} was changed by another activation.", result.ETag, Etag);
            }
        }
        catch (Exception error)
        {
            EngineLog.StateNotWritten(activation.Engine.Log, error, name, activation.GrainId);
            activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, error, $"State '{name}' was not written."));
            throw;
        }

        Etag = result.ETag;
    }
}
