using System.Collections.Immutable;
using Actors.Printing.Terminals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Printing;

/// <inheritdoc cref="ITerminalGrain"/>
internal sealed partial class TerminalGrain(
    [PersistentState("terminal")] IPersistentState<TerminalState> state,
    IPrintFacts facts,
    IOptions<PrintingOptions> options,
    TimeProvider time,
    ILogger<TerminalGrain> log) : Grain, ITerminalGrain
{
    private readonly PrintingOptions _options = options.Value;
    private readonly ILogger<TerminalGrain> _log = log;

    /// <summary>What is known to be stored: interleaved readers never see a write that is under way.</summary>
    private TerminalState _state = TerminalState.None;

    private string Id => TerminalKey.Parse(this.GetPrimaryKeyString()).Id;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state = state.RecordExists ? state.State.Whole() : TerminalState.None;
        return Task.CompletedTask;
    }

    public async Task<QueueStatus> PrintAsync(QueuePrint command)
    {
        if (_state.Knows(command.Id))
        {
            return QueueStatus.Queued;
        }

        var now = time.GetUtcNow();
        if (command.Token is { } token && !_state.Tokens.Any(shown => shown.Text == token && shown.GoodUntil > now))
        {
            return QueueStatus.UnknownToken;
        }

        if (_state.Items.Length >= _options.MaxWaiting)
        {
            return QueueStatus.Full;
        }

        var next = _state.Add(new TerminalItem(command.Id, command.Files, Command: null), now);
        next = next with { Tokens = next.Tokens.RemoveAll(shown => shown.Text == command.Token) };
        await StoreAsync(IsConnected ? await ShowNextAsync(next) : next);
        LogQueued(Id, command.Files.Length);
        await PushAsync();
        return QueueStatus.Queued;
    }

    public Task<PrintJobInfo?> GetJobAsync(Guid job) =>
        Task.FromResult(_state.Find(job)?.Describe() ?? _state.Ended.FirstOrDefault(ended => ended.Id == job));

    public async Task<CancelStatus> CancelAsync(Guid job)
    {
        if (_state.Find(job) is not { } found)
        {
            return _state.Ended.FirstOrDefault(ended => ended.Id == job) switch
            {
                null => CancelStatus.Unknown,
                { Progress.State: PrintState.Cancelled } => CancelStatus.Cancelled,
                _ => CancelStatus.Taken,
            };
        }

        // print-api's terminal prints what it was sent, and asks nobody
        if (found.IsTaken || !found.Fetched.IsEmpty || (IsConnected && !_connection!.Abilities.Acknowledges))
        {
            return CancelStatus.Taken;
        }

        await StoreAsync(_state.End(found with { Progress = found.Progress with { State = PrintState.Cancelled } }));
        await ReleaseAsync(found.Item.Files);
        if (IsConnected)
        {
            await _connection!.Observer.OnCancelledAsync(job);
        }

        return CancelStatus.Cancelled;
    }

    public async Task<QueueStatus> CommandAsync(Guid id, TerminalCommand command)
    {
        if (_state.Knows(id))
        {
            return QueueStatus.Queued;
        }

        if (_state.Items.Length >= _options.MaxWaiting)
        {
            return QueueStatus.Full;
        }

        var next = _state.Add(new TerminalItem(id, Files: [], command), time.GetUtcNow());
        await StoreAsync(IsConnected ? await ShowNextAsync(next) : next);
        LogCommand(Id, command);
        await PushAsync();
        return QueueStatus.Queued;
    }

    public async Task SentAsync(Guid connection, ImmutableArray<Guid> items)
    {
        if (_connection?.Id != connection || _connection.Abilities.Acknowledges)
        {
            return;
        }

        // print-api's terminal says nothing to a command, and one that reboots must not be told so again
        var commands = _state.Items.Where(item => item.Item.Command is not null && items.Contains(item.Item.Id)).ToList();
        if (commands.Count > 0)
        {
            await StoreAsync(commands.Aggregate(_state, TerminalQueue.End));
        }
    }

    public async Task FetchedAsync(string storedName)
    {
        if (_connection?.Abilities.Acknowledges == true || _state.FindUnfetched(storedName) is not var (item, file))
        {
            return;
        }

        await CountAsync(file);
        await StoreAsync(_state.Fetch(item, file));
        await ReleaseAsync([file]);
    }

    public async Task<bool> AcknowledgeAsync(Guid connection, Guid item)
    {
        if (_connection?.Id != connection || _state.Find(item) is not { } found)
        {
            return false;
        }

        if (!found.IsTaken)
        {
            await StoreAsync(_state.Take(found, time.GetUtcNow()));
        }

        return true;
    }

    public async Task ReportAsync(Guid connection, Guid item, PrintProgress progress)
    {
        // also of a job that it had before its connection broke
        if (_connection?.Id != connection || _state.Find(item) is not { IsTaken: true } found || progress.State < PrintState.Printing)
        {
            return;
        }

        var next = found with { Progress = progress };
        if (progress.State is PrintState.Done)
        {
            foreach (var file in found.Item.Files)
            {
                await CountAsync(file);
            }
        }

        if (progress.State is PrintState.Done or PrintState.Failed)
        {
            await StoreAsync(_state.End(next));
            await ReleaseAsync(found.Item.Files);
        }
        else if (progress.State != found.Progress.State)
        {
            await StoreAsync(_state.Put(next));
        }
        else
        {
            // how far it is need not outlive this activation
            _state = _state.Put(next);
        }
    }

    public Task<TerminalInfo> GetAsync() => Task.FromResult(new TerminalInfo(
        Id,
        IsConnected,
        IsConnected ? time.GetUtcNow() : _state.SeenAt,
        _state.Items.Count(item => !item.IsTaken),
        [.. _state.Items.Where(item => item.Item.Command is null).Reverse().Select(item => item.Describe()), .. _state.Ended]));

    private async Task CountAsync(QueuedFile file) =>
        await facts.AddAsync(new PrintFact(file.Print, file.File, file.Owner, Id, time.GetUtcNow(), file.Sheets), CancellationToken.None);

    /// <summary>Nothing is held back any more for prints that were counted or given up.</summary>
    private async Task ReleaseAsync(IEnumerable<QueuedFile> files)
    {
        if (_options.MonthlySheets is null)
        {
            return;
        }

        foreach (var member in files.Where(file => file.Owner is not null).GroupBy(file => file.Owner!.Value))
        {
            await GrainFactory.GetPrintQuotaGrain(new PrintQuotaKey(member.Key)).ReleaseAsync([.. member.Select(file => file.Print)]);
        }
    }

    private async Task StoreAsync(TerminalState next)
    {
        await this.StoreAsync(state, next);
        _state = next;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Terminal {Terminal} has a job of {Files} files.")]
    private partial void LogQueued(string terminal, int files);

    [LoggerMessage(Level = LogLevel.Information, Message = "Terminal {Terminal} is to {Command}.")]
    private partial void LogCommand(string terminal, TerminalCommand command);
}
