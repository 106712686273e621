using System.Buffers.Binary;
using System.Net.Sockets;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cluster;

/// <summary>Who does not belong, on the port of a real silo at work: he gets nothing, and nobody notices him.</summary>
[Collection(CalmCollection.Name)]
public sealed class ClusterStrangerTests(FaultFixture fixture)
{
    private const int Strangers = 40;
    private static readonly TimeSpan BetweenBytes = TimeSpan.FromMilliseconds(100);

    private ProcessCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task Strangers_OnASilosPort_GetNothingAndDisturbNobody()
    {
        await using var run = await FaultRun.StartAsync(Cluster);
        var random = new Random(1);
        var huge = new byte[64];
        BinaryPrimitives.WriteInt32LittleEndian(huge, int.MaxValue);

        var received = await Task.WhenAll(
        [
            .. Enumerable.Range(0, Strangers).Select(_ => TalkAsync(Garbage(random), run.Cancel)),
            TalkAsync(huge, run.Cancel),
            TalkAsync([], run.Cancel),
            LoiterAsync(run.Cancel),
        ]);

        Assert.All(received, count => Assert.Equal(0, count));
        await run.ServesAsync();
        await run.IsOvercomeAsync();
        Assert.Equal((0, 0), (run.History.Refused, run.History.Unreached));
    }

    [Fact]
    public async Task Silo_WithAnotherSecret_StaysOutAndEvictsNobody()
    {
        await using var run = await FaultRun.StartAsync(Cluster);
        var members = await Cluster.MembersAsync(run.Cancel);

        await using (var stranger = SiloProcess.Start(Cluster.Database, "--Cluster:Secret", "a secret of somebody else"))
        {
            await stranger.PrintsAsync("stays out until").WaitAsync(run.Cancel);
            await run.ServesAsync();
            await stranger.PrintsAsync("stays out until").WaitAsync(run.Cancel);
            var epochs = await EpochsAsync(run);
            Assert.All(members, member => Assert.Contains(member.Epoch, epochs));
        }

        await run.IsOvercomeAsync();
        Assert.Equal((0, 0), (run.History.Refused, run.History.Unreached));
    }

    private static byte[] Garbage(Random random)
    {
        var bytes = new byte[random.Next(1, 5000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private async Task<List<long>> EpochsAsync(FaultRun run) => [.. (await Cluster.MembersAsync(run.Cancel)).Select(member => member.Epoch)];

    private async Task<int> TalkAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        using var stranger = await ConnectAsync(cancellationToken);
        try
        {
            await stranger.SendAsync(bytes, cancellationToken);
            return await stranger.ReceiveAsync(new byte[1], cancellationToken);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    // The first bytes of a frame, one at a time: slowly enough never to end.
    private async Task<int> LoiterAsync(CancellationToken cancellationToken)
    {
        using var stranger = await ConnectAsync(cancellationToken);
        var answer = stranger.ReceiveAsync(new byte[1], cancellationToken).AsTask();
        try
        {
            while (!answer.IsCompleted)
            {
                await stranger.SendAsync(new byte[] { 1 }, cancellationToken);
                await Task.WhenAny(answer, Task.Delay(BetweenBytes, TimeProvider.System, cancellationToken));
            }

            return await answer;
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Cluster.Silos[0].Listen, cancellationToken);
        return socket;
    }
}
