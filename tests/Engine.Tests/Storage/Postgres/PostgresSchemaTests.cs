using Actors.Silo.Storage.Postgres;
using Actors.TestKit.Postgres;
using Npgsql;

namespace Actors.Engine.Tests.Storage.Postgres;

public sealed class PostgresSchemaTests
{
    [Fact]
    public async Task Open_ByTenAtOnceOnAnEmptyDatabase_MakesOneSchema()
    {
        var server = await PostgresServer.SharedAsync();
        // How long it takes to connect is the machine's affair here.
        var options = new PostgresOptions { ConnectionString = await server.CreateDatabaseAsync(), ConnectTimeoutSeconds = 60 };

        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() =>
        {
            using var source = PostgresSetup.Open(options);
            return Scalar<Guid>(source, "SELECT id FROM storage_generation");
        })));

        Assert.Single(ids.Distinct());
        using var after = PostgresSetup.Open(options);
        var scripts = typeof(PostgresOptions).Assembly.GetManifestResourceNames().Count(name => name.StartsWith("schema/postgres/", StringComparison.Ordinal));
        Assert.Equal(scripts, Scalar<long>(after, "SELECT count(*) FROM storage_version"));
        Assert.Equal(scripts, Scalar<long>(after, "SELECT max(number)::bigint FROM storage_version"));
    }

    [Fact]
    public async Task Open_OfANewerDatabase_IsRefused()
    {
        var options = await NewAsync();
        using (var source = PostgresSetup.Open(options))
        {
            Execute(source, "INSERT INTO storage_version (number) VALUES (999)");
        }

        Assert.Contains("newer version", Assert.Throws<InvalidDataException>(() => PostgresSetup.Open(options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SET synchronous_commit = off", "synchronous_commit is off")]
    [InlineData("SET default_transaction_read_only = on", "read-only")]
    public async Task Open_WithASettingThatBreaksPromises_IsRefused(string setting, string expected)
    {
        var server = await PostgresServer.SharedAsync();
        var connection = await server.CreateDatabaseAsync();
        var database = new NpgsqlConnectionStringBuilder(connection).Database!;
        await server.ExecuteAsync($"ALTER DATABASE {database} {setting}");

        var refusal = Assert.ThrowsAny<Exception>(() => PostgresSetup.Open(new PostgresOptions { ConnectionString = connection }));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OfADatabaseOfAnotherEncoding_IsRefused()
    {
        var server = await PostgresServer.SharedAsync();
        await server.ExecuteAsync("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");

        var refusal = Assert.Throws<InvalidDataException>(() => PostgresSetup.Open(new PostgresOptions { ConnectionString = server.ConnectionString("latin") }));

        Assert.Contains("LATIN1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfNoServer_TellsNoSecret()
    {
        var options = new PostgresOptions { ConnectionString = "Host=127.0.0.1;Port=1;Username=u;Password=secret;Database=d" };

        Assert.DoesNotContain("secret", Assert.Throws<IOException>(() => PostgresSetup.Open(options)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_BeforeTheServerIsThere_WaitsForIt()
    {
        await using var late = await PostgresServer.StartAsync();
        var options = new PostgresOptions { ConnectionString = await late.CreateDatabaseAsync(), StartPatience = TimeSpan.FromMinutes(4) };
        await late.StopAsync();
        var waits = new FirstLine();
        var opening = Task.Run(() => PostgresSetup.Open(options, logger: waits), TestContext.Current.CancellationToken);

        await waits.Written.WaitAsync(TestContext.Current.CancellationToken);
        await late.StartAgainAsync();

        using var source = await opening;
        Assert.Equal(1, Scalar<int>(source, "SELECT 1"));
    }

    [Theory]
    [InlineData("Username=nobody")]
    [InlineData("Database=nowhere")]
    public async Task Open_RefusedByTheServer_DoesNotWait(string wrong)
    {
        var server = await PostgresServer.SharedAsync();
        var options = new PostgresOptions { ConnectionString = $"{server.ConnectionString("postgres")};{wrong}", StartPatience = TimeSpan.FromDays(1), ConnectTimeoutSeconds = 60 };

        Assert.Throws<IOException>(() => PostgresSetup.Open(options));
    }

    [Theory]
    [InlineData("postgres://u:secret@host/d")]
    [InlineData("Host=h;Pasword=secret")]
    [InlineData("Port=secret")]
    public void Open_WithATextThatIsNoConnectionString_TellsNoSecret(string text)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => PostgresSetup.Open(new PostgresOptions { ConnectionString = text }));

        Assert.Contains("ConnectionStrings:Actors", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clock_Shifted_TellsTheShiftedTime()
    {
        using var source = PostgresSetup.Open(await NewAsync());
        Execute(source, "UPDATE cluster_clock SET shift = '1 hour'");

        Assert.True(Scalar<bool>(source, "SELECT actors_now() > now() + '59 minutes'"));
    }

    private static async Task<PostgresOptions> NewAsync() =>
        new() { ConnectionString = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(), ConnectTimeoutSeconds = 60 };

    private static T Scalar<T>(NpgsqlDataSource source, string sql)
    {
        using var command = source.CreateCommand(sql);
        return (T)command.ExecuteScalar()!;
    }

    private static void Execute(NpgsqlDataSource source, string sql)
    {
        using var command = source.CreateCommand(sql);
        command.ExecuteNonQuery();
    }
}
