using System.Net;
using System.Net.Sockets;
using Actors.Silo.Notifications;
using Actors.TestKit.Notifications;

namespace Actors.Unit.Tests.Notifications;

public sealed class PushConnectorTests : IAsyncLifetime
{
    private static readonly IPAddress s_public = IPAddress.Parse("93.184.215.14");
    private static readonly IPAddress s_otherPublic = IPAddress.Parse("2606:2800:21f:cb07:6820:80da:af6b:8b2c");
    private static readonly IPAddress s_private = IPAddress.Parse("10.0.0.1");
    private readonly FakePushNetwork _network = new();
    private PushServiceDouble? _service;

    public async ValueTask InitializeAsync() => _service = await PushServiceDouble.StartAsync();

    public ValueTask DisposeAsync() => _service!.DisposeAsync();

    [Fact]
    public async Task Connect_NameThatIsPrivateTheNextTime_ConnectsToWhatWasJudged()
    {
        _network.Resolve = _ => _network.Asked.Count == 1 ? [s_public] : [s_private];

        await ConnectAsync();
        Assert.Equal([s_public], Dialed);

        await Assert.ThrowsAsync<ForbiddenAddressException>(ConnectAsync);
        Assert.Equal([s_public], Dialed);
        Assert.Equal(2, _network.Asked.Count);
    }

    [Fact]
    public async Task Connect_PrivateAddressAmongPublicOnes_IsNeverTried()
    {
        _network.Resolve = _ => [s_private, s_public, IPAddress.Loopback, s_otherPublic];
        _network.Dead.UnionWith([s_public, s_otherPublic]);

        await Assert.ThrowsAsync<HttpRequestException>(ConnectAsync);

        Assert.Equal([s_public, s_otherPublic], Dialed);
    }

    [Fact]
    public async Task Connect_FirstAddressThatDoesNotAnswer_TriesTheNext()
    {
        _network.Resolve = _ => [s_otherPublic, s_public];
        _network.Dead.Add(s_otherPublic);

        await ConnectAsync();

        Assert.Equal([s_otherPublic, s_public], Dialed);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:192.168.0.1")]
    public async Task Connect_PrivateLiteral_IsForbidden(string host)
    {
        await Assert.ThrowsAsync<ForbiddenAddressException>(async () => await new PushConnector(_network, allowPrivate: false).ConnectAsync(new DnsEndPoint(host, 443), TestContext.Current.CancellationToken));

        Assert.Empty(_network.Asked);
        Assert.Empty(_network.Dialed);
    }

    [Fact]
    public async Task Connect_NameThatIsNone_FailsAsTheNetworkDoes()
    {
        _network.Resolve = static _ => throw new SocketException((int)SocketError.HostNotFound);
        await Assert.ThrowsAsync<SocketException>(ConnectAsync);

        _network.Resolve = static _ => [];
        await Assert.ThrowsAsync<HttpRequestException>(ConnectAsync);
    }

    private IEnumerable<IPAddress> Dialed => _network.Dialed.Select(end => end.Address);

    private async Task ConnectAsync()
    {
        await using var stream = await new PushConnector(_network, allowPrivate: false).ConnectAsync(new DnsEndPoint("push.example.org", _service!.Port), TestContext.Current.CancellationToken);
    }
}
