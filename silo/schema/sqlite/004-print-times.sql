-- Statistics are asked by time.
CREATE INDEX print_fact_at ON print_fact (at);
