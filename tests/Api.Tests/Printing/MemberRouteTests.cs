using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;

namespace Actors.Api.Tests.Printing;

/// <summary>Who may print.</summary>
[Collection(PrintCollection.Name)]
public sealed class MemberRouteTests(PrintApi api)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_AList_IsFoundByEitherNumberWhateverTheCase()
    {
        using var put = await PutAsync(new { users = new[] { new { username = " Сидоров ", union_number = "u-9", student_number = "st-9" } } });
        var answer = await put.ReadJsonAsync();
        Assert.Equal(("ok", 1), ((string)answer["status"]!, (int)answer["count"]!));

        using var found = await api.Anyone.GetAsync("/print/is_union_member?surname=сидоРОВ&number=U-9".ToUri(), Cancel);
        Assert.Equal(HttpStatusCode.Accepted, found.StatusCode);
        Assert.Equal("""{"surname":"СИДОРОВ","number":"U-9","student_number":"ST-9","union_number":"U-9"}""", await found.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("true", await api.Anyone.GetStringAsync("/print/is_union_member?surname=СИДОРОВ&number=st-9&v=1".ToUri(), Cancel));
    }

    [Fact]
    public async Task Find_NobodyOrAStudent_IsNotFound()
    {
        using var nobody = await api.Anyone.GetAsync("/print/is_union_member?surname=Nobody&number=1".ToUri(), Cancel);
        await PrintApi.IsErrorAsync(nobody, HttpStatusCode.NotFound, "User not found");
        Assert.Equal("false", await api.Anyone.GetStringAsync("/print/is_union_member?surname=Student&number=S-2&v=1".ToUri(), Cancel));
        using var nul = await api.Anyone.GetAsync("/print/is_union_member?surname=%00x&number=%00".ToUri(), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, nul.StatusCode);
        using var without = await api.Anyone.GetAsync("/print/is_union_member?surname=Nobody".ToUri(), Cancel);
        await PrintApi.IsInvalidAsync(without, "query.number");
    }

    [Theory]
    [InlineData("""{"users":[{"username":"A","union_number":"77","student_number":null},{"username":"B","union_number":" 77 ","student_number":null}]}""")]
    [InlineData("""{"users":[{"username":"A","union_number":"77","student_number":"x"},{"username":"B","union_number":"78","student_number":"X"}]}""")]
    public async Task Put_ANumberTwice_ChangesNothing(string body)
    {
        using var put = await PutTextAsync(body);

        await PrintApi.IsErrorAsync(put, HttpStatusCode.BadRequest, "Duplicates by union_numbers or student_numbers");
        Assert.Equal("false", await api.Anyone.GetStringAsync("/print/is_union_member?surname=A&number=77&v=1".ToUri(), Cancel));
    }

    [Theory]
    [InlineData("nothing", "body")]
    [InlineData("[]", "body")]
    [InlineData("{}", "body.users")]
    [InlineData("""{"users":{}}""", "body.users")]
    [InlineData("""{"users":[1]}""", "body.users.0")]
    [InlineData("""{"users":[{"union_number":"1"}]}""", "body.users.0.username")]
    [InlineData("""{"users":[{"username":"  ","union_number":"1"}]}""", "body.users.0.username")]
    [InlineData("""{"users":[{"username":"A","union_number":7}]}""", "body.users.0.union_number")]
    [InlineData("""{"users":[{"username":"A","student_number":""}]}""", "body.users.0.student_number")]
    public async Task Put_AWrongBody_IsToldWhere(string body, string at)
    {
        using var put = await PutTextAsync(body);

        await PrintApi.IsInvalidAsync(put, at);
    }

    [Fact]
    public async Task Put_WithoutItsScopes_IsRefused()
    {
        using var made = await api.Admin.PostAsJsonAsync("/api/tokens".ToUri(), new { name = "half", scopes = new[] { "print.user.create", "print.user.update" } }, Cancel);
        using var half = new HttpClient { BaseAddress = api.Process.BaseAddress };
        half.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"token {(string)(await made.ReadJsonAsync())["token"]!}");

        using var refused = await half.PostAsJsonAsync("/print/is_union_member".ToUri(), new { users = Array.Empty<object>() }, Cancel);
        using var nobody = await api.Anyone.PostAsJsonAsync("/print/is_union_member".ToUri(), new { users = Array.Empty<object>() }, Cancel);

        await PrintApi.IsErrorAsync(refused, HttpStatusCode.Forbidden);
        await PrintApi.IsErrorAsync(nobody, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Members_ListedInPagesAndDeleted_AreGone()
    {
        using var put = await PutAsync(new { users = Enumerable.Range(0, 5).Select(i => new { username = "Paged", union_number = $"page-{i}", student_number = (string?)null }) });
        var numbers = new List<string>();
        var after = 0L;
        do
        {
            var page = (await api.Admin.GetFromJsonAsync<JsonNode>($"/api/print/members?after={after}&limit=2".ToUri(), Cancel))!;
            numbers.AddRange(page["members"]!.AsArray().Select(member => (string?)member!["unionNumber"] ?? ""));
            after = (long?)page["next"] ?? 0;
        }
        while (after > 0);

        Assert.Equal(5, numbers.Count(number => number.StartsWith("PAGE-", StringComparison.Ordinal)));
        using var deleted = await api.Admin.DeleteAsync("/api/print/members/page-3".ToUri(), Cancel);
        using var again = await api.Admin.DeleteAsync("/api/print/members/page-3".ToUri(), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await again.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    private Task<HttpResponseMessage> PutAsync(object list) => api.Admin.PostAsJsonAsync("/print/is_union_member".ToUri(), list, Cancel);

    private async Task<HttpResponseMessage> PutTextAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await api.Admin.PostAsync("/print/is_union_member".ToUri(), content, Cancel);
    }
}
