using Actors.Mail;
using Actors.Silo.Mail;

namespace Actors.Unit.Tests.Mail;

public sealed class MailAddressesTests
{
    [Theory]
    [InlineData("a@example.org", "a@example.org")]
    [InlineData("first.last+tag@sub.example.org", "first.last+tag@sub.example.org")]
    [InlineData("a@été.example", "a@xn--t-9fab.example")]
    public void Normalize_GoodAddress_IsAscii(string address, string expected) =>
        Assert.Equal(expected, MailAddresses.Normalize(new MailParty(address)).Address);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@example.org")]
    [InlineData("a@")]
    [InlineData("a b@example.org")]
    [InlineData("a@example.org\r\nRCPT TO:<b@example.org>")]
    [InlineData("<a@example.org>")]
    [InlineData("a@example.org> SIZE=1")]
    [InlineData("é@example.org")]
    [InlineData("\"a b\"@example.org")]
    public void Normalize_BadAddress_IsRefused(string address) =>
        Assert.Throws<ArgumentException>(() => MailAddresses.Normalize(new MailParty(address)));

    [Fact]
    public void Parse_NameAndAddress_AreTakenApart() =>
        Assert.Equal(new MailParty("c@example.org", "The counter"), MailAddresses.Parse("The counter <c@example.org>"));
}
