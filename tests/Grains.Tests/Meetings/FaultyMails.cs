using System.Collections.Immutable;
using Actors.Silo.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Meetings;

/// <summary>A mail queue that can be told to fail.</summary>
internal sealed class FaultyMails
{
    /// <summary>Nothing is taken.</summary>
    public bool Refuses { get; set; }

    /// <summary>What is taken is told as failed.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Puts itself between the queue and its storage.</summary>
    public void Install(IServiceCollection services)
    {
        var mails = (IMailStore)services.Last(service => service.ServiceType == typeof(IMailStore)).ImplementationInstance!;
        services.AddSingleton<IMailStore>(new Store(mails, this));
    }

    private sealed class Store(IMailStore mails, FaultyMails faults) : IMailStore
    {
        public async ValueTask<bool> EnqueueAsync(string id, byte[] payload, DateTimeOffset dueAt, CancellationToken cancellationToken)
        {
            ThrowIf(faults.Refuses);
            var isNew = await mails.EnqueueAsync(id, payload, dueAt, cancellationToken);
            ThrowIf(faults.LosesAnswers);
            return isNew;
        }

        public ValueTask<ImmutableArray<QueuedMail>> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
            mails.ClaimDueAsync(now, until, limit, cancellationToken);

        public ValueTask MarkSentAsync(string id, CancellationToken cancellationToken) => mails.MarkSentAsync(id, cancellationToken);

        public ValueTask MarkFailedAsync(string id, string reason, DateTimeOffset? retryAt, CancellationToken cancellationToken) =>
            mails.MarkFailedAsync(id, reason, retryAt, cancellationToken);

        public ValueTask<QueuedMail?> ReadAsync(string id, CancellationToken cancellationToken) => mails.ReadAsync(id, cancellationToken);

        public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => mails.NextDueAsync(cancellationToken);

        public ValueTask<int> DeleteDoneAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) => mails.DeleteDoneAsync(before, limit, cancellationToken);

        private static void ThrowIf(bool fails)
        {
            if (fails)
            {
                throw new IOException("No space left on device.");
            }
        }
    }
}
