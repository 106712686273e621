using Actors.Api.Cli;

namespace Actors.Api.Tests.Cli;

public sealed class CommandLineTests
{
    [Fact]
    public void Parse_Nothing_Serves() => Assert.Equal(Command.Serve, Parse().Command);

    [Fact]
    public void Parse_Settings_AreHandedOn() =>
        Assert.Equal(["--Data:Path=x", "--Mail:Host=y", "--Https:Enabled=true"], Parse("--Data:Path", "x", "--Mail:Host=y", "--https").Settings);

    [Theory]
    [InlineData("token", "create", "--name", "n", "--scope", "a", "b", "--Data:Path", "x")]
    [InlineData("token", "create", "--scope", "a", "--Data:Path=x", "--scope=b", "--name=n")]
    public void Parse_TokenCreate_TakesNameAndScopes(params string[] arguments)
    {
        var line = Parse(arguments);

        Assert.Equal(Command.TokenCreate, line.Command);
        Assert.Equal(["n"], line.Options["name"]);
        Assert.Equal(["a", "b"], line.Options["scope"]);
        Assert.Equal(["--Data:Path=x"], line.Settings);
    }

    [Fact]
    public void Parse_Migrate_TakesWhereTo()
    {
        var line = Parse("migrate", "--to", "Host=db;Database=actors", "--Data:Path", "x");

        Assert.Equal(Command.Migrate, line.Command);
        Assert.Equal(["Host=db;Database=actors"], line.Options["to"]);
        Assert.Equal(["--Data:Path=x"], line.Settings);
    }

    [Theory]
    [InlineData("There is no command 'tokn'. Did you mean token?", "tokn", "create")]
    [InlineData("There is no command 'token creat'. Did you mean token create?", "token", "creat")]
    [InlineData("The commands are: demo, token create", "serve")]
    [InlineData("'now' is not understood after 'demo'", "demo", "now")]
    [InlineData("needs the id", "token", "revoke")]
    [InlineData("--Data:Path has no value", "--Data:Path")]
    [InlineData("--Data:Path has no value", "--Data:Path", "--Mail:Host", "x")]
    [InlineData("'-x' is not understood", "-x")]
    [InlineData("'y' is not understood", "--Data:Path", "x", "y")]
    public void Parse_WrongLine_SaysWhy(string expected, params string[] arguments)
    {
        Assert.Null(CommandLine.Parse(arguments, out var refusal));
        Assert.Contains(expected, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("token", "create", "--help")]
    public void Parse_Help_IsHelp(params string[] arguments) => Assert.Equal(Command.Help, Parse(arguments).Command);

    private static CommandLine Parse(params string[] arguments) => CommandLine.Parse(arguments, out var refusal) ?? throw new InvalidOperationException(refusal);
}
