using System.Runtime.CompilerServices;
using Actors.Engine.Tests.Grains;

namespace Actors.Engine.Tests.Conformance;

public sealed class ObserverTests : ClusterTests
{
    private IBellGrain Bell => Grains.GetGrain<IBellGrain>("b1");

    [Fact]
    public async Task Observer_Subscribed_IsCalledInOrderOneAtATime()
    {
        var listener = new Listener(Gates["rings"]);
        await Bell.SubscribeAsync(Grains.CreateObjectReference<IListener>(listener));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(Bell.RingAsync));
        await Gates["rings"].EnteredBy(100);

        Assert.Equal(Enumerable.Range(0, 100), listener.Numbers);
        Assert.True(listener.WasAlone);
    }

    [Fact]
    public async Task Observer_Unsubscribed_IsCalledNoMore()
    {
        var listener = new Listener(Gates["rings"]);
        var other = new Listener(Gates["other"]);
        var reference = Grains.CreateObjectReference<IListener>(listener);
        await Bell.SubscribeAsync(reference);
        await Bell.SubscribeAsync(Grains.CreateObjectReference<IListener>(other));

        await Bell.UnsubscribeAsync(reference);

        Assert.Equal(1, await Bell.RingAsync(1));
        await Gates["other"].Entered;
        Assert.Empty(listener.Numbers);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Observer_NotRenewed_Expires()
    {
        var listener = new Listener(Gates["rings"]);
        var reference = Grains.CreateObjectReference<IListener>(listener);
        await Bell.SubscribeAsync(reference);
        Cluster.Clock.Advance(TimeSpan.FromSeconds(50));
        await Bell.SubscribeAsync(reference);
        Cluster.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(1, await Bell.RingAsync(1));

        Cluster.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(0, await Bell.RingAsync(2));
        await Gates["rings"].Entered;
        Assert.Equal([1], listener.Numbers);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Observer_ReferenceDeleted_IsCalledNoMoreAndHarmsNobody()
    {
        var listener = new Listener(Gates["rings"]);
        var other = new Listener(Gates["other"]);
        var reference = Grains.CreateObjectReference<IListener>(listener);
        await Bell.SubscribeAsync(reference);
        await Bell.SubscribeAsync(Grains.CreateObjectReference<IListener>(other));

        Grains.DeleteObjectReference<IListener>(reference);
        await Bell.RingAsync(1);
        await Bell.RingAsync(2);
        await Gates["other"].EnteredBy(2);

        Assert.Empty(listener.Numbers);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Observer_NotHeldByItsOwner_IsForgotten()
    {
        var (weak, reference) = Forgettable();
        await Bell.SubscribeAsync(reference);

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.False(weak.IsAlive);
        Assert.Equal(1, await Bell.RingAsync(1));
    }

    [Fact]
    public async Task Observer_Throwing_IsCalledAgain()
    {
        var listener = new Listener(Gates["rings"]) { Fails = true };
        await Bell.SubscribeAsync(Grains.CreateObjectReference<IListener>(listener));

        await Bell.RingAsync(1);
        await Bell.RingAsync(2);
        await Gates["rings"].EnteredBy(2);

        Assert.Equal([1, 2], listener.Numbers);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (WeakReference Weak, IListener Reference) Forgettable()
    {
        var listener = new Listener(Gates["rings"]);
        return (new WeakReference(listener), Grains.CreateObjectReference<IListener>(listener));
    }

    private sealed class Listener(Gate gate) : IListener
    {
        private int _inside;

        public List<int> Numbers { get; } = [];

        public bool WasAlone { get; private set; } = true;

        public bool Fails { get; init; }

        public async Task RingAsync(int number)
        {
            WasAlone &= Interlocked.Increment(ref _inside) == 1;
            await Task.Yield();
            Numbers.Add(number);
            Interlocked.Decrement(ref _inside);
            gate.Enter();
            if (Fails)
            {
                throw new InvalidOperationException("I do not want to hear this.");
            }
        }
    }
}
