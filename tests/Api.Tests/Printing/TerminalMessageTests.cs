using System.Text;
using Actors.Api.Printing.Terminals;
using Actors.Printing;

namespace Actors.Api.Tests.Printing;

/// <summary>What terminals may say.</summary>
public sealed class TerminalMessageTests
{
    private const int Inputs = 1_000_000;
    private static readonly Guid s_id = Guid.Parse("0a1b2c3d-0000-4000-8000-00000000000f");

    [Fact]
    public void Parse_WhatIsKnown_IsRead()
    {
        Assert.Equal(new TerminalMessage(new TerminalAbilities(Acknowledges: true, Reports: false)), Parse("""{"hello":{"ack":true,"more":1}}"""));
        Assert.Equal(new TerminalMessage(Acknowledged: s_id), Parse($$"""{"ack":"{{s_id:N}}"}"""));
        Assert.Equal(
            new TerminalMessage(Reported: s_id, Progress: new PrintProgress(PrintState.Stopped, 7, 12, "paper-out")),
            Parse($$"""{"id":"{{s_id}}","state":"stopped","sheet":7,"of":12,"reason":"paper-out"}"""));
        Assert.Equal(
            new TerminalMessage(Reported: s_id, Progress: new PrintProgress(PrintState.Done, null, null, null)),
            Parse($$$"""{"id":"{{{s_id}}}","state":"done","sheet":-1,"of":"x","reason":{}}"""));
    }

    [Fact]
    public void Parse_AMillionInputs_NeverThrows()
    {
        string[] seeds = ["""{"hello":{"ack":true,"progress":true}}""", $$"""{"ack":"{{s_id:N}}"}""", $$"""{"id":"{{s_id:N}}","state":"printing","sheet":1,"of":2,"reason":"x"}"""];
        var random = new Random(7);
        var read = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var text = Encoding.UTF8.GetBytes(seeds[i % seeds.Length]);
            for (var change = random.Next(4); change > 0; change--)
            {
                text[random.Next(text.Length)] = (byte)random.Next(256);
            }

            read += TerminalMessage.Parse(text.AsMemory(0, random.Next(2) == 0 ? text.Length : random.Next(text.Length))) is null ? 0 : 1;
        }

        Assert.InRange(read, Inputs / 100, Inputs);
    }

    private static TerminalMessage? Parse(string text) => TerminalMessage.Parse(Encoding.UTF8.GetBytes(text));
}
