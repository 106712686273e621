using System.Threading.Channels;

namespace Actors.Bench.Engine;

/// <summary>The baseline: an actor as one would write it by hand, a loop that reads a channel.</summary>
internal sealed class ChannelCounter
{
    private readonly Channel<Message> _inbox = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });
    private long _total;

    public ChannelCounter() => _ = RunAsync();

    public ValueTask<long> AddAsync(int amount)
    {
        var message = new Message(amount);
        _inbox.Writer.TryWrite(message);
        return new ValueTask<long>(message.Task);
    }

    private async Task RunAsync()
    {
        await foreach (var message in _inbox.Reader.ReadAllAsync())
        {
            message.SetResult(_total += message.Amount);
        }
    }

    private sealed class Message(int amount) : TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Amount { get; } = amount;
    }
}
