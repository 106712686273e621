using Actors.Meetings;
using Actors.Silo.Meetings;
using Actors.Silo.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Unit.Tests.Settings;

/// <summary>Settings under names of the operator's own.</summary>
public sealed class SettingTableTests
{
    [Fact]
    public void Read_OfServersAndPools_HasThemByTheirNames()
    {
        var (options, refusals) = Read(
            ("Bbb:Servers:one:Url", "https://one.example.org/bigbluebutton/"), ("Bbb:Servers:one:Secret", "s1"), ("Bbb:Servers:one:Weight", "2.5"),
            ("Bbb:Servers:two:Url", "https://two.example.org/bigbluebutton/"), ("Bbb:Servers:two:Secret", "s2"), ("Bbb:Servers:two:Algorithm", "SHA512"),
            ("Bbb:Pools:all", "one, two"), ("Bbb:Pools:items:0", "two"));

        Assert.Empty(refusals);
        Assert.Equal((2.5, "s1", BbbAlgorithm.Sha256), (options!.Servers["one"].Weight, options.Servers["one"].Secret, options.Servers["one"].Algorithm));
        Assert.Equal(BbbAlgorithm.Sha512, options.Servers["two"].Algorithm);
        Assert.Equal(["one", "two"], options.ServersOf("all"));
        Assert.Equal(["two"], options.ServersOf("items"));
        Assert.Equal(["one"], options.ServersOf("one"));
        Assert.Empty(options.ServersOf("three"));
    }

    [Theory]
    [InlineData("Bbb:Servers:one:Adress", "https://x", "Bbb:Servers:one:Adress")]
    [InlineData("Bbb:Servers:one:Algorithm", "md5", "sha1 or sha256 or sha384 or sha512")]
    [InlineData("Bbb:Servers:one:Weight", "-1", "Bbb:Servers:one:Weight")]
    [InlineData("Bbb:Servers:two:Secret", "s", "Bbb:Servers:two needs both Url and Secret")]
    [InlineData("Bbb:Pools:all", "one,three", "names the server three")]
    [InlineData("Bbb:Pools:a b", "one", "'a b'")]
    public void Read_OfWhatIsWrong_NamesIt(string name, string value, string expected)
    {
        var (_, refusals) = Read(("Bbb:Servers:one:Url", "https://one.example.org/"), ("Bbb:Servers:one:Secret", "s1"), (name, value));

        Assert.Contains(refusals, refusal => refusal.Contains(expected, StringComparison.Ordinal));
    }

    private static (BbbSettings? Options, IReadOnlyList<string> Refusals) Read(params (string Name, string Value)[] settings)
    {
        var arguments = settings.SelectMany(setting => (string[])[$"--{setting.Name}", setting.Value]).ToArray();
        var services = new ServiceCollection();
        var refusals = new SettingsCatalog().Add<BbbSettings>().Read((IConfigurationRoot)new ConfigurationBuilder().AddCommandLine(arguments).Build(), services);
        return (refusals.Count == 0 ? services.Find<BbbSettings>() : null, refusals);
    }
}
