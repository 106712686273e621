using System.Net;
using Actors.Silo.Notifications;
using Microsoft.Extensions.Options;

namespace Actors.Unit.Tests.Notifications;

public sealed class PushEndpointRulesTests
{
    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/er1gwyxKNwM:APA91bHh7gYBiIcMYe209QW2Q_3umTiQMpKixzQTlFzRT9kkQxcbc0AnQHVZYOC9HWcfs_RPivcjdQzw04s8pocifnd-EVqPQZv1cYzmS84dK3iz3uu8ddvGvnm6KhwxftqmoACqJB")]
    [InlineData("https://updates.push.services.mozilla.com/wpush/v2/gAAAAABh")]
    [InlineData("https://db5p.notify.windows.com/w/?token=BQYAAAD%2f")]
    [InlineData("https://web.push.apple.com/QGNq")]
    [InlineData("https://push.example.org:8443/x")]
    [InlineData("https://8.8.8.8/x")]
    [InlineData("https://[2606:4700:4700::1111]/x")]
    public void IsAllowed_PublicServices_Are(string endpoint)
    {
        Assert.True(Rules().IsAllowed(endpoint, out var uri, out var reason));
        Assert.Equal(endpoint, uri.OriginalString);
        Assert.Null(reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("x")]
    [InlineData("//push.example.org/x")]
    [InlineData("/push/1")]
    [InlineData("https://")]
    [InlineData("https:///x")]
    [InlineData("https://push example.org/")]
    [InlineData("http://push.example.org/x")]
    [InlineData("ftp://push.example.org/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("gopher://push.example.org/")]
    [InlineData("https://user:pass@push.example.org/x")]
    [InlineData("https://push.example.org@127.0.0.1/x")]
    [InlineData("https://push.example.org/x#y")]
    [InlineData("https://localhost/x")]
    [InlineData("https://LOCALHOST./x")]
    [InlineData("https://push.localhost/x")]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://127.1/x")]
    [InlineData("https://2130706433/x")]
    [InlineData("https://0x7f000001/x")]
    [InlineData("https://0177.0.0.1/x")]
    [InlineData("https://0/x")]
    [InlineData("https://10.1.2.3/x")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://192.168.1.1:8443/x")]
    [InlineData("https://[::1]/x")]
    [InlineData("https://[::ffff:10.0.0.1]/x")]
    [InlineData("https://[fe80::1]/x")]
    [InlineData("https://[fd00:ec2::254]/x")]
    [InlineData("https://[64:ff9b::a9fe:a9fe]/x")]
    public void IsAllowed_Others_AreNot(string endpoint)
    {
        Assert.False(Rules().IsAllowed(endpoint, out var uri, out var reason));
        Assert.Null(uri);
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void IsAllowed_LongerThanTheLimit_IsNot()
    {
        const string Start = "https://push.example.org/";

        Assert.True(Rules().IsAllowed(Start + new string('x', 2_048 - Start.Length), out _, out _));
        Assert.False(Rules().IsAllowed(Start + new string('x', 2_049 - Start.Length), out _, out _));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/x", true)]
    [InlineData("http://localhost:5000/x", true)]
    [InlineData("https://10.0.0.1/x", true)]
    [InlineData("ftp://127.0.0.1/x", false)]
    [InlineData("http://user@127.0.0.1/x", false)]
    public void IsAllowed_WherePrivateOnesAre_TakesThemToo(string endpoint, bool expected) =>
        Assert.Equal(expected, Rules(new PushSettings { AllowPrivateEndpoints = true }).IsAllowed(endpoint, out _, out _));

    [Theory]
    [InlineData("https://push.apple.com/x", true)]
    [InlineData("https://web.PUSH.apple.com/x", true)]
    [InlineData("https://evilpush.apple.com/x", false)]
    [InlineData("https://push.apple.com.evil.example/x", false)]
    [InlineData("https://apple.com/x", false)]
    public void IsAllowed_WhereHostsAreNamed_TakesTheseAndThoseBelow(string endpoint, bool expected) =>
        Assert.Equal(expected, Rules(new PushSettings { AllowedHosts = ["push.apple.com"] }).IsAllowed(endpoint, out _, out _));

    [Theory]
    [InlineData("0.0.0.0", false)]
    [InlineData("9.255.255.255", true)]
    [InlineData("10.0.0.0", false)]
    [InlineData("10.255.255.255", false)]
    [InlineData("11.0.0.0", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("100.64.0.0", false)]
    [InlineData("100.127.255.255", false)]
    [InlineData("100.128.0.0", true)]
    [InlineData("127.255.255.255", false)]
    [InlineData("128.0.0.1", true)]
    [InlineData("169.253.255.255", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.0", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.0", true)]
    [InlineData("192.0.0.1", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("192.88.99.1", false)]
    [InlineData("192.167.255.255", true)]
    [InlineData("192.168.0.0", false)]
    [InlineData("198.17.255.255", true)]
    [InlineData("198.18.0.0", false)]
    [InlineData("198.19.255.255", false)]
    [InlineData("198.51.100.1", false)]
    [InlineData("203.0.113.1", false)]
    [InlineData("223.255.255.255", true)]
    [InlineData("224.0.0.1", false)]
    [InlineData("240.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("::8.8.8.8", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::8.8.8.8", true)]
    [InlineData("64:ff9b::10.0.0.1", false)]
    [InlineData("64:ff9b:1::8.8.8.8", false)]
    [InlineData("100::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2002:808:808::", false)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("3fff::1", false)]
    [InlineData("5f00::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fdff::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    public void PublicAddresses_Include_IsByTheRegistries(string address, bool expected) => Assert.Equal(expected, PublicAddresses.Include(IPAddress.Parse(address)));

    private static PushEndpointRules Rules(PushSettings? settings = null) => new(Options.Create(settings ?? new PushSettings()));
}
