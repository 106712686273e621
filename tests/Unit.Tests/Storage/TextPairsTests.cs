using System.Collections.Immutable;
using System.Text;
using Actors.Silo.Storage;
using Actors.Tallying;

namespace Actors.Unit.Tests.Storage;

public sealed class TextPairsTests
{
    [Fact]
    public void Write_OfAnyTexts_IsReadBack()
    {
        ImmutableArray<TextPair> pairs = [new("nom", "Zoé \"Ω\" \\ \n\u0001"), new("nom", ""), new("", "🔑"), new("[", "]")];

        Assert.Equal(pairs.AsEnumerable(), TextPairs.Read(Encoding.UTF8.GetBytes(TextPairs.Write(pairs))));
    }

    [Fact]
    public void Write_OfNone_IsAnEmptyArray()
    {
        Assert.Equal("[]", TextPairs.Write([]));
        Assert.Empty(TextPairs.Read("[]"u8));
    }
}
