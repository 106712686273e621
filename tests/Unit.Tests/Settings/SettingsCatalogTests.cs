using System.ComponentModel.DataAnnotations;
using System.Text;
using Actors.Silo.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Actors.Unit.Tests.Settings;

public sealed class SettingsCatalogTests
{
    private static SettingsCatalog Catalog => new SettingsCatalog().Add<SampleOptions>().AddFramework("Logging");

    [Fact]
    public void Read_NothingGiven_KeepsTheDefaults()
    {
        var (options, refusals) = Read([]);

        Assert.Empty(refusals);
        Assert.Equal(3, options.Number);
        Assert.Empty(options.Items);
    }

    [Fact]
    public void Read_EveryType_IsRead()
    {
        var (options, refusals) = Read(
            "--Sample:Number=7", "--sample:flag=TRUE", "--Sample:Span=00:00:05", "--Sample:Address=https://a.example",
            "--Sample:Color=blue", "--Sample:Items:0=a", "--Sample:Items:1=b", "--Sample:Text= x ");

        Assert.Empty(refusals);
        Assert.Equal((7, true, TimeSpan.FromSeconds(5), Color.Blue, "x"), (options.Number, options.Flag, options.Span, options.Color, options.Text));
        Assert.Equal("https://a.example/", options.Address!.AbsoluteUri);
        Assert.Equal(["a", "b"], options.Items);
    }

    [Fact]
    public void Read_ListAsOneText_IsSplit() => Assert.Equal(["a", "b"], Read("--Sample:Items=a, b").Options.Items);

    [Theory]
    [InlineData("Number", "x", "whole number")]
    [InlineData("Number", "1.5", "whole number")]
    [InlineData("Number", "99999999999", "whole number")]
    [InlineData("Flag", "yes", "true or false")]
    [InlineData("Span", "soon", "duration")]
    [InlineData("Span", "5", "duration")]
    [InlineData("Address", "example.org", "address")]
    [InlineData("Address", "ftp://example.org", "address")]
    [InlineData("Color", "7", "red or blue")]
    public void Read_IllTypedValue_IsNamedWithWhatIsExpected(string name, string value, string expected)
    {
        var refusal = Assert.Single(Read($"--Sample:{name}={value}").Refusals);

        Assert.StartsWith($"Sample:{name} is '{value}'", refusal, StringComparison.Ordinal);
        Assert.Contains(expected, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ValueOutOfItsRange_IsRefused() =>
        Assert.Contains("Sample:Number", Assert.Single(Read("--Sample:Number=11").Refusals), StringComparison.Ordinal);

    [Fact]
    public void Read_RuleAcrossSettings_IsAsked() =>
        Assert.Equal("Sample:Text is forbidden.", Assert.Single(Read("--Sample:Text=forbidden").Refusals));

    [Theory]
    [InlineData("Sample:Numbr", "Did you mean Sample:Number?")]
    [InlineData("Smple:Number", "Did you mean Sample:Number?")]
    [InlineData("Sample:Number:0", "Sample:Number:0")]
    [InlineData("Elsewhere:Thing", "--Elsewhere:Thing is not a setting")]
    public void Read_UnknownArgument_IsNamedAndPerhapsGuessed(string name, string expected) =>
        Assert.Contains(expected, Assert.Single(Read($"--{name}=1").Refusals), StringComparison.Ordinal);

    [Fact]
    public void Read_FrameworkSection_IsLeftToTheFramework() => Assert.Empty(Read("--Logging:LogLevel:Default=Debug").Refusals);

    [Fact]
    public void Read_SectionNameWithoutValue_SaysNothing() => Assert.Empty(Read("--Sample=", "--Sample:Number=1").Refusals);

    [Fact]
    public void Read_UnknownInFile_NamesTheSetting()
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes("""{"Sample":{"Numbr":1},"Other":2}"""));
        var configuration = new ConfigurationBuilder().AddJsonStream(json).Build();

        // a stream has no name to blame: only our own sections are judged in it
        Assert.Contains("Sample:Numbr", Assert.Single(Catalog.Read(configuration, new ServiceCollection())), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EnvironmentOfOthers_IsNotJudged()
    {
        Environment.SetEnvironmentVariable("SAMPLE_UNIT__NUMBR", "1");
        Environment.SetEnvironmentVariable("SAMPLE", "/var/mail/me");
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();

        Assert.Empty(Catalog.Read(configuration, new ServiceCollection()));
    }

    private static (SampleOptions Options, IReadOnlyList<string> Refusals) Read(params string[] arguments)
    {
        var services = new ServiceCollection();
        var refusals = Catalog.Read(new ConfigurationBuilder().AddCommandLine(arguments).Build(), services);
        using var provider = services.BuildServiceProvider();
        return (provider.GetRequiredService<IOptions<SampleOptions>>().Value, refusals);
    }

    private enum Color
    {
        Red,
        Blue,
    }

    private sealed class SampleOptions : ISettings
    {
        public static string Section => "Sample";

        [Range(1, 10)]
        public int Number { get; set; } = 3;

        public bool Flag { get; set; }

        public TimeSpan Span { get; set; }

        public Uri? Address { get; set; }

        public Color Color { get; set; }

        public string? Text { get; set; }

        public IReadOnlyList<string> Items { get; set; } = [];

        public IEnumerable<string> Refusals()
        {
            if (Text == "forbidden")
            {
                yield return "Sample:Text is forbidden.";
            }
        }
    }
}
